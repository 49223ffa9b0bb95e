"""The identity of the rule set, for provenance and cache keys."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from dnd.content import CONTENT_TYPES
from dnd.rules.prompting import render_lines
from dnd.rules.rule import Rule

_DOMAIN = Path(__file__).parent.parent
_READ_BY_RULES = ("rules", "prose", "sheets", "srd")
_TABLES = ("themes/registers.yaml",)
"""Tables of other folders that a rule reads."""


def hash_rules(rules: Sequence[Rule]) -> str:
    """Tagged hash over ids, severities, prompt lines of every type, and the text of the modules and tables used."""
    digest = hashlib.sha256()
    for rule in rules:
        digest.update(f"{rule.id}\0{rule.severity}\0{','.join(rule.editions)}\0".encode())
    for kind in CONTENT_TYPES:
        digest.update("\n".join((kind.name, *render_lines(rules, kind), "")).encode())
    for path in _sources():
        digest.update(f"{path.relative_to(_DOMAIN).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return f"rules:{digest.hexdigest()[:12]}"


def _sources() -> list[Path]:
    folders = [_DOMAIN / name for name in _READ_BY_RULES]
    found = [
        path for folder in folders for pattern in ("**/*.py", "**/*.yaml", "**/*.json") for path in folder.glob(pattern)
    ]
    return [*sorted(found), *(_DOMAIN / name for name in _TABLES)]
