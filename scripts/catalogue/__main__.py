"""`python -m scripts.catalogue` writes the generated catalogues; with `--check` it only says which are stale."""

import argparse
import sys

from scripts.catalogue.files import built, stale


def main() -> int:
    """Write or check; 1 if a checked file is stale."""
    parser = argparse.ArgumentParser(prog="python -m scripts.catalogue", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a file is stale")
    if parser.parse_args().check:
        old = stale()
        for path in old:
            print(f"stale: {path}")
        return 1 if old else 0
    for path, text in built().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(f"{path.name}: {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
