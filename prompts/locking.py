"""The lock: once a prompt version is released, its text never changes.

Stored content names the prompt version that made it, and cache keys hold its hash; a changed text is a new version.
`python -m prompts.locking` locks new versions and refuses changed ones.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from prompts.loader import FOLDER, PromptError, load_prompt, prompt_files

LOCK = FOLDER / "lock.yaml"
_HEAD = "# SHA-256 of every released prompt with its includes resolved. Written by `python -m prompts.locking`.\n"


def check_lock(lock: Path = LOCK) -> list[str]:
    """What is wrong between the lock and the files, one line each; empty when all is well."""
    locked, current = _read(lock), current_hashes()
    changed = [
        f"{name}: the text changed under a released version; write a new version" for name in _changed(locked, current)
    ]
    new = [f"{name}: is not locked yet; run `python -m prompts.locking`" for name in current.keys() - locked.keys()]
    gone = [f"{name}: is locked and has no file; released versions stay" for name in locked.keys() - current.keys()]
    return sorted([*changed, *new, *gone])


def write_lock(lock: Path = LOCK) -> list[str]:
    """Add a row for each new version; returns the rows added.

    Raises:
        PromptError: a released version changed or is gone; nothing is written then.
    """
    locked, current = _read(lock), current_hashes()
    broken = [*_changed(locked, current), *sorted(locked.keys() - current.keys())]
    if broken:
        raise PromptError(f"released prompts changed or are gone: {', '.join(broken)}; write a new version instead")
    added = sorted(current.keys() - locked.keys())
    if added:
        lock.write_text(_HEAD + yaml.safe_dump(dict(sorted(current.items()))), "utf-8")
    return added


def current_hashes() -> Mapping[str, str]:
    """`<id>/<version>` → SHA-256 of the resolved text, for every prompt file."""
    return {f"{file.id}/{file.version}": load_prompt(file.id, file.version).sha256 for file in prompt_files()}


def _changed(locked: Mapping[str, str], current: Mapping[str, str]) -> list[str]:
    return sorted(name for name in locked.keys() & current.keys() if locked[name] != current[name])


def _read(lock: Path) -> Mapping[str, str]:
    table: Any = yaml.safe_load(lock.read_text("utf-8")) if lock.is_file() else {}
    return table or {}


def main() -> int:
    """Lock new versions; returns the exit code."""
    try:
        added = write_lock()
    except PromptError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"locked: {', '.join(added) or 'nothing new'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
