"""What is done to a finished piece: facts without a place yet, keywords still missing, fields not asked for."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, cast

from dnd.content import ContentType
from dnd.content.fields import CodeOwned, DmOnly
from providers.simulator.writer.facts import strings
from providers.simulator.writer.fragments import words_of
from providers.simulator.writer.grammar import joined
from providers.simulator.writer.piece import Piece

LINE_WORDS = 54
"""Words a line may come to; the rules allow 60."""


@cache
def public_fields(kind: ContentType) -> frozenset[str]:
    """The top-level fields that players see and that a model writes."""
    return frozenset(
        name
        for name, field in kind.model.model_fields.items()
        if not any(isinstance(mark, DmOnly | CodeOwned) for mark in field.metadata)
    )


def carry(
    piece: Piece, content: dict[str, Any], facts: Sequence[str], carriers: Sequence[str], wanted: Collection[str]
) -> None:
    """Puts each of `facts` into the first carrier among the `wanted` fields that has room."""
    for fact in facts:
        sentence = piece.sentence(fact)
        for carrier in carriers:
            name, _, inner = carrier.partition("/")
            if name in wanted and _put(piece, content, name, inner, sentence):
                break


def _put(piece: Piece, content: dict[str, Any], name: str, inner: str, sentence: str) -> bool:
    value = content[name]
    if isinstance(value, str):
        content[name], done = _with_room(value, sentence)
        return done
    entries = cast("list[Any]", value)
    if not inner and len(entries) < piece.brief.entries[name].high:
        entries.append(sentence)
        return True
    for index, entry in enumerate(entries):
        text = cast("str", entry[inner] if inner else entry)
        longer, done = _with_room(text, sentence)
        if done:
            if inner:
                entry[inner] = longer
            else:
                entries[index] = longer
            return True
    return False


def _with_room(text: str, sentence: str) -> tuple[str, bool]:
    if not text:
        return sentence, True
    if len(text.split()) + len(sentence.split()) > LINE_WORDS:
        return text, False
    return f"{text} {sentence}", True


def colour(piece: Piece, content: dict[str, Any], carriers: Sequence[str], wanted: Collection[str]) -> None:
    """Adds a sentence with the theme's keywords where the players' text has too few of them."""
    theme = piece.brief.theme
    if not theme.min_keywords:
        return
    public = public_fields(piece.brief.type)
    text = "\n".join(text for name in public if name in content for text in strings(content[name])).lower()
    words = words_of(text)
    missing = [keyword for keyword in theme.keywords if not _present(keyword.lower(), words, text)]
    lacking = theme.min_keywords - (len(theme.keywords) - len(missing))
    if lacking <= 0:
        return
    missing = missing[piece.variant % max(1, len(missing) - lacking + 1) :][:lacking]
    kind = piece.brief.type.name
    piece.slots["words"] = joined(missing)
    templates = piece.pick(f"keyword.{kind}", 1) or [f"{joined(missing).capitalize()}."]
    main = piece.brief.type.main.strip("/")
    prose = content.get(main)
    if isinstance(prose, str) and main in wanted:
        room = piece.brief.words.high - 2 - len(prose.split())
        if len(templates[0].split()) <= room:
            content[main] = f"{prose} {templates[0]}"
            return
    for carrier in (*_lines(content, carriers), *carriers):
        name, _, inner = carrier.partition("/")
        if name in wanted and _put(piece, content, name, inner, templates[0]):
            return


def _lines(content: Mapping[str, Any], carriers: Sequence[str]) -> list[str]:
    """Carriers that are single lines: a remark on the whole fits there better than in a list."""
    return [name for name in carriers if isinstance(content.get(name), str)]


def _present(keyword: str, words: frozenset[str], text: str) -> bool:
    """Whether the keyword certainly counts: as it stands or in the plural; what is less certain is not relied on."""
    if " " in keyword:
        return keyword in text
    plural = keyword + ("es" if keyword.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return keyword in words or plural in words
