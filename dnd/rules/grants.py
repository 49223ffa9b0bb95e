"""What lies outside the tables and is legal all the same: what features, feats and items add to a number or a list.

The rows are data (`data/grants.yaml`). A row applies to a sheet that has its class level, its subclass and one of its
names, as far as the row asks for them. Many rows are choices that a sheet need not spell out: those loosen a check and
never tighten it. A `sure` row belongs to the one right value; a sheet may leave out a usual one, an always one not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from dnd.rules.tables import table
from dnd.srd.edition import BOTH, Edition


@dataclass(frozen=True, slots=True)
class Grant:
    """One row: whom it applies to, and what it gives."""

    kind: str
    """What it adds to: `save_bonus`, `skills`, `cantrips` and so on."""
    editions: tuple[Edition, ...] = BOTH
    class_id: str = ""
    level: int = 0
    """Least level in `class_id`."""
    subclass: str = ""
    """Id of the SRD subclass that it needs."""
    named: frozenset[str] = frozenset()
    """Folded names; one of them must be on the sheet. Empty: none is asked for."""
    unless: frozenset[str] = frozenset()
    """Folded names that rule the row out: the sheet chose otherwise, or another row says it better."""
    unstated: str = ""
    """A field of the sheet that must be empty: where it is stated, it says itself whether the row applies."""
    amount: str = ""
    """A number, an ability (its modifier, at least 1), `pb`, `plus` (the +N in the name) or `casting`."""
    of: tuple[str, ...] = ()
    """The abilities, skills, spells or weapons that it concerns; empty: all."""
    lists: frozenset[str] = frozenset()
    """Class lists that a spell of the row may come from; `any` is every list."""
    each: bool = False
    """It counts once for each time that the feat is on the sheet."""
    sure: Literal["", "usual", "always"] = ""
    """Whether it belongs to the right value (`usual`, `always`), and whether every legal value has it (`always`)."""

    def fits(self, level: int, subclass: str, names: Mapping[str, str], edition: Edition, *, stated: bool) -> bool:
        """Whether it applies: `level` and `subclass` are those in its class, `names` what is on the sheet."""
        if edition not in self.editions or (self.unstated and stated):
            return False
        if self.class_id and level < self.level:
            return False
        if self.subclass and self.subclass != subclass:
            return False
        if self.named and self.named.isdisjoint(names):
            return False
        return not self.unless or self.unless.isdisjoint(names)


def _row(values: Mapping[str, Any]) -> Grant:
    edition = cast("Edition | None", values.get("edition"))
    return Grant(
        kind=values["kind"],
        editions=(edition,) if edition else BOTH,
        class_id=values.get("class", ""),
        level=int(values.get("level", 0)),
        subclass=values.get("subclass", ""),
        named=frozenset(values.get("named", ())),
        unless=frozenset(values.get("unless", ())),
        unstated=values.get("unstated", ""),
        amount=values.get("amount", ""),
        of=tuple(values.get("of", ())),
        lists=frozenset(values.get("from", ())),
        each="each" in values,
        sure=values.get("sure", ""),
    )


@cache
def grants() -> tuple[Grant, ...]:
    """All rows, in the order of the file."""
    return tuple(_row(values) for values in cast("list[Mapping[str, Any]]", table("grants")))


@cache
def grants_of_class(class_id: str, edition: Edition) -> tuple[Grant, ...]:
    """The rows that ask for levels in a class; those of no class under the empty id."""
    return tuple(row for row in grants() if row.class_id == class_id and edition in row.editions)


@cache
def grants_by_name(edition: Edition) -> Mapping[str, tuple[Grant, ...]]:
    """The rows that ask for a name and for no class, by each of their names."""
    found: dict[str, list[Grant]] = {}
    for row in grants_of_class("", edition):
        for name in row.named:
            found.setdefault(name, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}
