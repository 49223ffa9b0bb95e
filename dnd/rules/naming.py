"""TX11-TX13: names told as the game's own exist, are spelt right, and are the SRD's where only those are wanted."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.gazetteer import characters, find_product_identity
from dnd.rules.mechanics import Said, name_severity, text_rule
from dnd.rules.rule import Skip
from dnd.rules.spotting import Spot, claimed, find_spots, passage_of, spot_finding
from dnd.srd.names import Lookup, NameKind, NameState, look_up

_SMALL = ("of", "the", "and", "from", "to", "with")
_TITLE = rf"[A-Z][A-Za-z’']+(?:[ -](?:{'|'.join(_SMALL)}|[A-Z][A-Za-z’']+)){{0,4}}" + "".join(
    f"(?<! {word})" for word in _SMALL
)
_MARKED = r"(?:\*{1,3}|_|[“\"])(?P<%s>[A-Za-z][A-Za-z’' -]{2,40}?)(?:\*{1,3}|_|[”\"])"
_CAST = r"\b[Cc]ast(?:s|ing)?(?: (?:a|an|the|her|his|their|its))?"
_NOUNS = r"(?P<noun>[Ss]pell|[Cc]antrip|[Ff]eat|[Mm]onster)"
_SURE = r"\b(?:[Cc]lassic|[Oo]fficial|[Ff]amous|[Ss]tandard|[Cc]anonical|[Cc]ore|[Ww]ell-known|SRD)"
_WORDS = frozenset({"spell", "spells", "cantrip", "cantrips", "feat", "monster", "cast", "casts", "casting"})
_CLAIM = re.compile(rf"{_SURE} {_NOUNS},? (?:{_MARKED % 'marked'}|(?P<plain>{_TITLE}))")
"""A name that the text says is the game's own."""
_USED = re.compile(
    rf"(?:\b[Tt]he {_NOUNS}|{_CAST}(?: (?:spell|cantrip))?) (?:{_MARKED % 'marked'}|(?P<plain>{_TITLE}))"
    rf"|(?:{_MARKED % 'ahead'}|\b(?P<bare>{_TITLE})) (?P<behind>spell|cantrip)\b"
)
"""A name that stands where a spell's does."""
_ARTICLE = re.compile(r"(?:The|A|An|Her|His|Their|That|This) ")
_KINDS = {
    "spell": NameKind.SPELL,
    "cantrip": NameKind.SPELL,
    "feat": NameKind.FEAT,
    "monster": NameKind.MONSTER,
}
_PLAIN_OF = frozenset({"eye of the beholder", "eyes of the beholder", "eye of every beholder"})
"""A saying, not a monster."""


class _Named(NamedTuple):
    """A name in a text and what the words beside it say it is."""

    spot: Spot
    kind: NameKind
    sure: bool
    """Whether it is marked as a name, or said to be a spell, a feat, a monster: "cast Aldous" is neither."""


def _named(dossier: Dossier, pattern: re.Pattern[str]) -> Iterator[_Named]:
    for spot, match in find_spots(dossier, pattern, _WORDS):
        groups = match.groupdict()
        group = next(name for name in ("marked", "plain", "ahead", "bare") if groups.get(name))
        noun = (groups.get("noun") or groups.get("behind") or "spell").lower()
        start = match.start(group) + (len(article[0]) if (article := _ARTICLE.match(match[group])) else 0)
        found = Spot(spot.leaf, start, match.end(group))
        if not claimed(dossier, found.text):
            sure = group in {"marked", "ahead"} or bool(groups.get("noun") or groups.get("behind"))
            yield _Named(found, _KINDS[noun], sure)


def _looked_up(named: _Named, dossier: Dossier) -> Lookup:
    return look_up(named.kind, named.spot.text.strip(), dossier.edition)


def _claims(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
    strict = dossier.names != "homebrew_ok"
    seen: set[tuple[str, int]] = set()
    for pattern in (_CLAIM, _USED) if strict else (_CLAIM,):
        for named in _named(dossier, pattern):
            found, place = _looked_up(named, dossier), (named.spot.leaf.path, named.spot.start)
            severity = name_severity(found, dossier.names)
            known = found.state is not NameState.UNKNOWN or found.near
            if known or severity is None or not named.sure or place in seen:
                continue
            seen.add(place)
            kind = named.kind.value.replace("_", " ")
            message = f"There is no {kind} called {named.spot.text}, neither in the SRD nor among the names known."
            yield spot_finding(mark, dossier, named.spot, message, expected=f"a {kind} of the SRD", severity=severity)


def _near_misses(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
    seen: set[tuple[str, int]] = set()
    misses: list[tuple[_Named, Lookup]] = []
    for pattern in (_USED, _CLAIM):
        for named in _named(dossier, pattern):
            found, place = _looked_up(named, dossier), (named.spot.leaf.path, named.spot.start)
            if found.state is NameState.UNKNOWN and found.near and place not in seen:
                seen.add(place)
                misses.append((named, found))
    for named, found in misses:
        text = _mended(named.spot.leaf.text, [entry for entry in misses if entry[0].spot.leaf == named.spot.leaf])
        yield spot_finding(
            mark,
            dossier,
            named.spot,
            f"“{named.spot.text}” is not known; {' or '.join(found.near)} is.",
            expected=" or ".join(found.near),
            corrected=text if len(found.near) == 1 else None,
        )


def _mended(text: str, misses: list[tuple[_Named, Lookup]]) -> str:
    """The text with every name that has a single near one put right, so that all its fixes are one."""
    for named, found in sorted(misses, key=lambda entry: -entry[0].spot.start):
        if len(found.near) == 1:
            text = text[: named.spot.start] + found.near[0] + text[named.spot.end :]
    return text


@cache
def _plain_sayings() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_PLAIN_OF)), re.IGNORECASE)


def _identity(mark: Mark, dossier: Dossier) -> Said:
    if dossier.names != "strict_srd":
        return Skip.NOT_APPLICABLE
    return _unlicensed(mark, dossier)


def _unlicensed(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
    for leaf in dossier.leaves:
        passage = passage_of(dossier, leaf)
        for first, last in find_product_identity(passage):
            start, end = characters(passage, first, last)
            spot = Spot(leaf, start, end)
            if claimed(dossier, spot.text) or _plain_sayings().search(leaf.text[max(start - 24, 0) : end]):
                continue
            message = f"“{spot.text}” is a name that the SRD does not licence."
            yield spot_finding(mark, dossier, spot, message, expected="a name of the SRD, or one of your own")


RULES = (
    text_rule(
        _claims,
        id="TX11",
        title="Names claimed to be official exist",
        severity=Severity.WARNING,
        source="Service contract, Names; SRD 5.1 and 5.2, Spells, Feats, Monsters",
        prompt="Call nothing official, classic or well known that is not in the SRD.",
        passing=(
            Example(text="She knows the classic spell *Fireball* and a spell of her own called *Lanternlight*."),
            Example(text="She casts *Hideous Laughter* at the choir.", names="official"),
        ),
        failing=(
            Example(text="She knows the classic spell *Mordain's Rebuke* by heart."),
            Example(text="He casts *Mordain's Rebuke* at the gate.", names="official"),
        ),
    ),
    text_rule(
        _near_misses,
        id="TX12",
        title="Names spelt as the rules spell them",
        severity=Severity.WARNING,
        source="Service contract, Names; SRD 5.1 and 5.2, Spells, Feats, Monsters",
        prompt="Spell the names of spells, feats and monsters as the SRD does.",
        passing=(Example(text="She casts *Eldritch Blast*, then the Shield spell. The *Fire Bell* sank."),),
        failing=(
            Example(text="She casts *Eldrich Blast* twice."),
            Example(text="He saves the Magic Misile spell for the hag."),
        ),
    ),
    text_rule(
        _identity,
        id="TX13",
        title="Only names that the SRD licences",
        severity=Severity.WARNING,
        source="SRD 5.1 Legal Information; SRD 5.2 Legal Information",
        prompt="Name no creatures or people outside the SRD where only the SRD is asked for.",
        passing=(Example(text="An ogre waits. Beauty is in the eye of the beholder.", names="strict_srd"),),
        failing=(Example(text="A beholder hangs over the well.", names="strict_srd"),),
    ),
)
