"""Reading the brief out of the messages, as a model would: by its tagged sections."""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, cast

from dnd.content import CONTENT_TYPES, ContentType
from dnd.content.base import Length, Limits

_SECTIONS = "request|subject|facts|mechanics|theme|boundaries|repair|findings"
_SECTION = re.compile(rf"<({_SECTIONS})>\s*(.*?)\s*</\1>", re.DOTALL)
_RANGE = re.compile(r"(\d+)\s*-\s*(\d+)(?:\s+in\s+([\w/]+))?")
_NUMBERED = re.compile(r"^\s*\d+[.)]\s+")
_WANTED = re.compile(r"^wants words, (?P<kind>\w+) `(?P<name>[^`]+)`: (?P<note>.*)$")
_KEYWORDS = re.compile(r"keywords(?:\s*\(use at least (\d+)\))?")
_FINDING = re.compile(r"^\[(?P<rule>[^\]]+)\]\s+(?P<path>/?\S*?):\s+(?P<message>.*)$")


class Wanted(NamedTuple):
    """A thing of `<mechanics>` that wants words."""

    kind: str
    name: str
    note: str


class NoBriefError(ValueError):
    """The messages carry no brief: no `<request>` section with a known type."""


class FindingLine(NamedTuple):
    """One line of `<findings>`."""

    rule: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class ThemeBrief:
    """The `<theme>` section."""

    name: str = ""
    genre: str = ""
    tone: str = ""
    register: str = "plain"
    keywords: tuple[str, ...] = ()
    min_keywords: int = 0
    grade: float = 0.0
    """The lowest school grade that the text may read at."""
    forbidden: tuple[str, ...] = ()
    motifs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair asks for."""

    attempt: int
    fields: tuple[str, ...] | None
    """Top-level fields to write again; None for all."""
    findings: tuple[FindingLine, ...]
    previous: Mapping[str, Any]
    """The answer to be repaired; empty when it cannot be read."""


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything the messages ask for."""

    type: ContentType
    edition: str
    length: Length
    words: Limits
    """Word limits of the main field."""
    entries: Mapping[str, Limits]
    """Bounds on the number of entries, by top-level field."""
    variant: int
    attempt: int
    subject: Mapping[str, str]
    facts: tuple[str, ...]
    theme: ThemeBrief
    boundaries: tuple[str, ...]
    identity: str = field(repr=False)
    """The brief without variant and attempt, as one text: what choices are seeded with."""
    repair: Repair | None = None
    mechanics: str = ""
    """The `<mechanics>` section, for what it says beside what wants words."""
    wanted: tuple[Wanted, ...] = ()
    """The things of `<mechanics>` that want words, in order."""

    def wants(self, kind: str) -> tuple[str, ...]:
        """The names of the things of one kind."""
        return tuple(entry.name for entry in self.wanted if entry.kind == kind)


@lru_cache(maxsize=1)
def _types() -> Mapping[str, ContentType]:
    return {entry.name: entry for entry in CONTENT_TYPES}


def parse_brief(messages: Sequence[Mapping[str, Any]]) -> Brief:
    """The brief in `messages`, wherever in them its sections stand.

    Raises:
        NoBriefError: there is no request section that names a known type.
    """
    sections = _sections(messages)
    request = _pairs(sections.get("request", ""))
    kind = _types().get(request.get("type", ""))
    if kind is None:
        raise NoBriefError("the messages hold no <request> section with a known type")
    length = Length(request["length"]) if request.get("length") in set(Length) else Length.FULL
    theme = _theme(sections.get("theme", ""))
    subject = _pairs(sections.get("subject", ""))
    facts = tuple(_NUMBERED.sub("", line) for line in _lines(sections.get("facts", "")))
    boundaries = tuple(_lines(sections.get("boundaries", "")))
    mechanics = _lines(sections.get("mechanics", ""))
    return Brief(
        type=kind,
        edition=request.get("edition", "5.2"),
        length=length,
        words=_words(request.get("words", ""), kind.words[length]),
        entries=_entries(request.get("entries", ""), kind),
        variant=_number(request.get("variant"), 0),
        attempt=_number(request.get("attempt"), 1),
        subject=subject,
        facts=facts,
        theme=theme,
        boundaries=boundaries,
        identity=repr((kind.name, length.value, subject, facts, theme, boundaries)),
        repair=_repair(sections, messages),
        mechanics=" ".join(mechanics),
        wanted=tuple(Wanted(m["kind"], m["name"], m["note"]) for line in mechanics if (m := _WANTED.match(line))),
    )


def _texts(messages: Sequence[Mapping[str, Any]], *roles: str) -> Iterator[str]:
    for message in messages:
        if message.get("role") not in roles:
            continue
        content = message.get("content")
        if isinstance(content, str):
            yield content
        elif isinstance(content, list):
            for part in cast("list[Any]", content):
                if isinstance(part, Mapping):
                    yield str(cast("Mapping[str, Any]", part).get("text") or "")


def _sections(messages: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The last section of each name in the user's messages; the system's only where the user has none."""
    found: dict[str, str] = {}
    for roles in (("system", "developer"), ("user",)):
        for text in _texts(messages, *roles):
            found.update({match[1]: match[2] for match in _SECTION.finditer(text)})
    return found


def _lines(section: str) -> list[str]:
    """The entries of a section, unescaped; `none` alone means there are none."""
    if section.strip().lower() == "none":
        return []
    stripped = (line.strip().removeprefix("- ").strip() for line in section.splitlines())
    return [html.unescape(line) for line in stripped if line]


def _pairs(section: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for line in _lines(section):
        key, colon, value = line.partition(":")
        if colon and value.strip():
            pairs[key.strip()] = value.strip()
    return pairs


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() else default


def _words(text: str, default: Limits) -> Limits:
    match = _RANGE.search(text)
    return Limits(int(match[1]), int(match[2])) if match else default


def _entries(text: str, kind: ContentType) -> dict[str, Limits]:
    entries = {pointer.lstrip("/"): limits for pointer, limits in kind.entries.items()}
    for match in _RANGE.finditer(text):
        if match[3]:
            entries[match[3].lstrip("/")] = Limits(int(match[1]), int(match[2]))
    return entries


def _split(text: str, separator: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.split(separator))
    return tuple(part for part in parts if part and part.lower() != "none")


def _grade(text: str) -> float:
    match = re.match(r"\d+(?:\.\d+)?", text)
    return float(match[0]) if match else 0.0


@lru_cache(maxsize=64)
def _theme(section: str) -> ThemeBrief:
    pairs = _pairs(section)
    keywords: tuple[str, ...] = ()
    least = 0
    for key, value in pairs.items():
        if match := _KEYWORDS.fullmatch(key):
            keywords = _split(value, ",")
            least = min(int(match[1] or 0), len(keywords))
    return ThemeBrief(
        name=pairs.get("name", ""),
        genre=pairs.get("genre", ""),
        tone=pairs.get("tone", ""),
        register=pairs.get("register", "plain"),
        keywords=keywords,
        min_keywords=least,
        grade=_grade(pairs.get("reading grade", "")),
        forbidden=_split(pairs.get("never use", ""), ","),
        motifs=_split(pairs.get("motifs", ""), ";"),
    )


def _repair(sections: Mapping[str, str], messages: Sequence[Mapping[str, Any]]) -> Repair | None:
    if "repair" not in sections:
        return None
    pairs = _pairs(sections["repair"])
    fields = _split(pairs.get("fields", "all"), ",")
    findings = (_FINDING.match(line) for line in _lines(sections.get("findings", "")))
    return Repair(
        attempt=_number(pairs.get("attempt"), 2),
        fields=None if "all" in fields else tuple(name.strip("/").split("/")[0] for name in fields),
        findings=tuple(FindingLine(m["rule"], m["path"], m["message"]) for m in findings if m),
        previous=_previous(messages),
    )


def _previous(messages: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    for text in reversed(list(_texts(messages, "assistant"))):
        try:
            value: object = json.loads(text)
        except ValueError:
            continue
        if isinstance(value, dict):
            return cast("dict[str, Any]", value)
    return {}
