"""ME: what code computed stands in the content as computed, and everything computed has its words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from dnd.content.wire import changed_paths
from dnd.rules.building import CONTRACT, Mark, build_rule, pointer, shorten
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.rule import Case, Draft, Skip


def _restored(mark: Mark, draft: Draft) -> Iterable[Finding] | Skip:
    if not draft.owned:
        return Skip.NOT_APPLICABLE
    return list(_changes(mark, draft))


def _changes(mark: Mark, draft: Draft) -> Iterator[Finding]:
    found = {name: draft.raw[name] for name in draft.owned if name in draft.raw}
    for path in changed_paths(draft.owned, found):
        computed, there = _at(draft.owned, path), _at(found, path)
        yield mark(
            path,
            "This was computed from the rules and has been changed.",
            expected=shorten(computed),
            found=shorten(there),
            fix=Fix(path=path, value=computed) if path.count("/") > 1 or path[1:] in found else None,
        )


def _at(value: object, path: str) -> object:
    for part in path.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            value = cast("Mapping[str, object]", value).get(key)
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(cast("list[object]", value)):
            value = cast("list[object]", value)[int(key)]
        else:
            return None
    return value


def _told(mark: Mark, draft: Draft) -> Iterable[Finding] | Skip:
    if not draft.slots:
        return Skip.NOT_APPLICABLE
    return [finding for path in draft.slots for finding in _entries(mark, draft, path)]


def _entries(mark: Mark, draft: Draft, path: str) -> Iterator[Finding]:
    """Entries that name nothing given, or a thing a second time, go; a thing without an entry is for the model."""
    field, keys = draft.slots[path].field, draft.slots[path].keys
    entries = cast("Sequence[Mapping[str, Any]]", _at(draft.raw, path))
    by_fold = {key.casefold(): key for key in keys}
    seen: Counter[str] = Counter()
    for index, entry in enumerate(entries):
        named = str(entry[field])
        key = by_fold.get(named.strip().casefold())
        seen[key or ""] += 1
        where = path + pointer(index)
        if key is None or seen[key] > 1:
            message = "was not given" if key is None else "has an entry already"
            yield mark(
                where, f"“{named}” {message}.", expected=_list(keys), found=named, fix=Fix(path=where, op="remove")
            )
        elif named != key:
            yield mark(f"{where}/{field}", f"“{named}” is written “{key}”.", expected=key, found=named, correct=key)
    for key in keys:
        if not seen[key]:
            yield mark(path, f"“{key}” was given and has no entry.", expected=_list(keys), found=None)


def _list(keys: Sequence[str]) -> str:
    return "one entry each for " + "; ".join(keys)


RULES = (
    build_rule(
        id="ME1",
        title="Computed mechanics stand as computed",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (the model writes words; code decides what is true)",
        prompt="Numbers and names under `mechanics` are fixed: write around them, never restate them otherwise.",
        check=_restored,
        passing=(Case("monster"), Case("level_up")),
        failing=(
            Case("monster", {"/stat_block/hit_points": 999}),
            Case("monster", {"/stat_block/armor_class": "high"}),
        ),
        raw=True,
    ),
    build_rule(
        id="ME2",
        title="Each thing given has one entry",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (the model writes words; code decides what is true)",
        prompt="Where `mechanics` gives things that want words, each has exactly one entry, under its name as given.",
        check=_told,
        passing=(Case("monster"),),
        failing=(
            Case("monster", {"/actions/0/slot": "A Fourth Arm"}),
            Case("monster", {"/actions": []}),
        ),
    ),
)
