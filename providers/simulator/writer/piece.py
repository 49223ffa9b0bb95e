"""One piece of writing: draws fragments without repeating itself and fits prose to its limits."""

import random
import zlib
from collections.abc import Mapping, Sequence
from math import gcd
from typing import NamedTuple

from dnd.content.base import Limits
from providers.simulator.writer.brief import Brief
from providers.simulator.writer.cast import Names, base_slots
from providers.simulator.writer.facts import Stage, as_sentence, stage, strings
from providers.simulator.writer.fragments import NO_BAN, Ban, Fragment, allowed, ban, sheet, word_set
from providers.simulator.writer.grammar import render
from providers.simulator.writer.reading import Sentences, lengthened

_CAST = ("friend", "foe", "mentor", "patron", "witness", "other")


_PAIRED = {"backstory.pull": "backstory.turn"}
"""Slots whose lines answer, one by one, the lines of another slot: both are drawn in the same order."""


_ANY = 10_000
"""More words than any fragment has: no limit."""


class Beat(NamedTuple):
    """One place in a telling: a slot to draw from, or the facts of a stage."""

    slot: str
    rank: int
    """Beats of low rank are written first when room is short; 0 is always written."""
    paragraph: bool = False
    """A new paragraph begins here."""
    facts: Stage | None = None
    """Facts of this stage stand here, before the sentence drawn (if any: `slot` may be empty)."""


class Piece:
    """Fragments, names and counters for one answer."""

    def __init__(self, brief: Brief, *, attempt: int, salt: str = "") -> None:
        self.brief = brief
        self._base = zlib.crc32(f"{brief.identity}/{attempt}/{salt}".encode())
        self.variant = brief.variant
        self.rng = random.Random(f"{self._base}/{brief.variant}")  # noqa: S311 -- a choice of words
        self.theme = theme_key(brief.theme.name, brief.theme.genre)
        self._ban = ban(brief.theme.forbidden, brief.boundaries)
        # Without the attempt: a repair must find the names that the answer it mends has used.
        names = zlib.crc32(f"{brief.identity}/{brief.variant}/names".encode())
        self._names = Names(brief, random.Random(names))  # noqa: S311 -- names in a story, not secrets
        self.slots: dict[str, str] = base_slots(brief, self._places(), self._names)
        self._previous = "" if brief.repair is None else "\n".join(strings(brief.repair.previous))
        self.shunned: frozenset[str] = frozenset()
        """Words to do without where the pool allows it."""
        self._openings: set[str] = set()
        self._seen: set[str] = set()

    def _places(self) -> tuple[Fragment, ...]:
        themed, neutral = (sheet(name).get("places", ()) for name in (self.theme, "neutral"))
        return themed if len(themed) >= 4 else themed + neutral

    def raw(self, slot: str, count: int = 1, *, most: int = _ANY) -> list[str]:
        """Up to `count` unused templates of at most `most` words: the theme's own first, then the common ones."""
        # Where every line is banned, a line that offends is still better than a field left empty.
        ordered = self._ordered(slot, self._ban) or self._ordered(slot, NO_BAN)
        fitting = [entry for entry in ordered if self._fits(entry, most) and entry.text not in self._seen]
        fitting = [entry for entry in fitting if not self._stands_already(entry)] or fitting
        fitting = [entry for entry in fitting if self.shunned.isdisjoint(entry.words)] or fitting
        if not fitting or count < 1:
            return []
        start = self.variant * count % len(fitting)
        walk = fitting[start:] + fitting[:start]
        chosen: list[str] = []
        # What cannot be used here is replaced from the far end, where the next variants come last.
        for entry in walk[:count] + walk[: count - 1 - len(walk) : -1]:
            if self._opens_anew(entry.text):
                self._seen.add(entry.text)
                chosen.append(entry.text)
                if len(chosen) == count:
                    break
        return chosen or [walk[0].text]

    def _ordered(self, slot: str, banned: Ban) -> list[Fragment]:
        """What may be said in `slot`, the theme's own lines first, then the character's, then the common ones."""
        themed, neutral, people = (allowed(name, slot, banned) for name in (self.theme, "neutral", "people"))
        family = slot.partition(".")[0]
        if people and slot != f"{family}.any":
            neutral += allowed("people", f"{family}.any", banned)
        return [
            entry
            for pool in (themed, people, neutral)
            for entry in self._rotated(pool, slot)
            if entry.slots <= self.slots.keys()
        ]

    def _stands_already(self, entry: Fragment) -> bool:
        """Whether the answer to be mended says this already: a repair says something else."""
        return bool(self._previous) and self.fill(entry.text.partition(" | ")[0]) in self._previous

    def _fits(self, entry: Fragment, most: int) -> bool:
        """Whether `entry` has at most `most` words once its slots are filled."""
        if entry.size > most or most >= _ANY:
            return entry.size <= most
        return entry.size + sum(self.slots[slot].count(" ") for slot in entry.slots) <= most

    def _rotated(self, pool: tuple[Fragment, ...], slot: str) -> list[Fragment]:
        """`pool` in an order of this brief's own; the variant then walks along it, so variants do not meet."""
        size = len(pool)
        if size < 2:
            return list(pool)
        seed = zlib.crc32(_PAIRED.get(slot, slot).encode(), self._base)
        step = next(step for step in range(1 + seed % size, 2 * size + 2) if gcd(step, size) == 1)
        start = (seed >> 8) % size
        return [pool[(start + index * step) % size] for index in range(size)]

    def _opens_anew(self, text: str) -> bool:
        opening = " ".join(text.lower().split()[:3])
        if opening in self._openings:
            return False
        self._openings.add(opening)
        return True

    def pick(self, slot: str, count: int = 1, *, most: int = _ANY) -> list[str]:
        """As `raw`, rendered."""
        return [self.fill(template) for template in self.raw(slot, count, most=most)]

    def one(self, slot: str, *, most: int = _ANY) -> str:
        """One rendered fragment; empty when there is none left."""
        return next(iter(self.pick(slot, most=most)), "")

    def records(self, slot: str, count: int, *, most: int = _ANY) -> list[list[str]]:
        """Fragments that fill several fields, part by part."""
        return [[self.fill(part.strip()) for part in text.split(" | ")] for text in self.raw(slot, count, most=most)]

    def person(self, role: str) -> str:
        """The name of whoever plays `role`: a full name is itself, and a role nobody plays yet goes to somebody new."""
        if " " in role:
            return role
        if role not in self.slots:
            self.slots[role] = self._names.person(pronoun="she" if role in word_set("women") else "they")
        return self.slots[role]

    def fill(self, template: str) -> str:
        """`template` with this piece's slots; whoever it names twice goes by the first name the second time."""
        text = render(template, self.slots)
        for role in _CAST:
            if template.count(f"{{{role}}}") > 1:
                text = _introduced(text, self.slots[role])
        return text

    def amount(self, field: str, most: int = 4) -> int:
        """How many entries to write in a list field: within the bounds asked, `most` or one less but two.

        The same for each variant, so that variants walk along a pool in equal strides and do not meet.
        """
        low, high = self.brief.entries.get(field, Limits(1, 3))
        top = max(low, min(high, most))
        fewer = zlib.crc32(field.encode(), self._base) % 2 == 0
        return max(low, top - 1) if fewer and top > 2 else top

    def sentence(self, fact: str) -> str:
        """`fact` as a sentence of the piece."""
        return as_sentence(fact, reword=self.rng.random() < 0.3)

    def prose(
        self, beats: Sequence[Beat], facts: Sequence[str], limits: Limits, *, lean: float = 0.6
    ) -> tuple[str, list[str]]:
        """Prose of a length inside `limits`, with as many of `facts` as fit, and the facts that did not.

        `lean` says how far from the lower towards the upper limit the text should come.
        """
        room = limits.high - max(14, limits.high // 5)
        told, left = self._fitting(facts, room)
        total = sum(len(sentence.split()) for _, sentence in told)
        target = limits.low + (limits.high - limits.low) * lean
        # A repair may be asked for this field alone: then missing keywords have to find room in it.
        ceiling = int(limits.high * (0.94 if self.brief.repair is None else 0.75))
        written: dict[int, str] = {}
        for index in sorted(range(len(beats)), key=lambda index: beats[index].rank):
            beat = beats[index]
            if not beat.slot or (total >= target and beat.rank > 0):
                continue
            text = self.one(beat.slot, most=ceiling - total)
            if text:
                written[index] = text
                total += len(text.split())
        # Terse material may run out of beats below the lower limit: then some places get a second sentence.
        for index in list(written):
            if total >= limits.low * 1.1:
                break
            more = self.one(beats[index].slot, most=ceiling - total)
            written[index] = f"{written[index]} {more}".rstrip()
            total += len(more.split())
        return self._laid_out(beats, told, written), left

    def _fitting(self, facts: Sequence[str], room: int) -> tuple[list[tuple[Stage, str]], list[str]]:
        told: list[tuple[Stage, str]] = []
        left: list[str] = []
        for fact in facts:
            sentence = self.sentence(fact)
            size = len(sentence.split())
            if size <= room:
                room -= size
                told.append((stage(fact), sentence))
            else:
                left.append(fact)
        return told, left

    def _laid_out(self, beats: Sequence[Beat], told: list[tuple[Stage, str]], written: Mapping[int, str]) -> str:
        places = {beat.facts for beat in beats if beat.facts is not None}
        paragraphs: list[Sentences] = [[]]
        for index, beat in enumerate(beats):
            if beat.paragraph and paragraphs[-1]:
                paragraphs.append([])
            if beat.facts is not None:
                paragraphs[-1] += [(text, True) for where, text in told if _nearest(where, places) is beat.facts]
            if index in written:
                paragraphs[-1].append((written[index], False))
        paragraphs = lengthened(
            [paragraph for paragraph in paragraphs if paragraph], self.brief.theme.grade, self.slots["name"]
        )
        text = "\n\n".join(" ".join(sentence for sentence, _ in paragraph) for paragraph in paragraphs)
        return self.shortened(text)

    def shortened(self, text: str) -> str:
        """`text` with people of our own making called by their first name once they are introduced."""
        for role in _CAST:
            full = self.slots[role]
            if not any(full in fact for fact in self.brief.facts):
                text = _introduced(text, full)
        return text


def _introduced(text: str, full: str) -> str:
    before, found, after = text.partition(full)
    return before + found + after.replace(full, full.partition(" ")[0])


def _nearest(where: Stage, places: set[Stage]) -> Stage:
    return min(places, key=lambda place: (abs(place.value - where.value), place.value)) if places else where


def theme_key(name: str, genre: str) -> str:
    """The sheet of a theme by its name, else by its genre; empty for a theme without one."""
    for label in (name, genre):
        key = "_".join(label.lower().replace("-", " ").split())
        if key and sheet(key) and key not in {"neutral", "people", "names", "boundaries"}:
            return key
    return ""
