"""The faults of a decent model: each real, each of the sort that validation finds and a repair mends."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from providers.simulator.writer.fragments import sheet
from providers.simulator.writer.piece import Piece


class Fault(NamedTuple):
    """One way to go wrong."""

    applies: Callable[[Piece], bool]
    spoil: Callable[[Piece, dict[str, Any]], None]
    """Changes finished content in place; a fault made before writing (a fact left out, length) does nothing here."""


def _main(piece: Piece) -> str:
    return piece.brief.type.main.strip("/")


def _edit(piece: Piece, content: dict[str, Any], change: Callable[[str], str]) -> None:
    """Applies `change` to the main text; of a talk, to its second turn."""
    name = _main(piece)
    value = content[name]
    if isinstance(value, str):
        content[name] = change(value)
    else:
        turn = cast("list[dict[str, str]]", value)[1]
        turn["words"] = change(turn["words"])


def _nothing(_piece: Piece, _content: dict[str, Any]) -> None:
    """The fault was made while writing."""


def _forbidden_word(piece: Piece, content: dict[str, Any]) -> None:
    allowed = [word for word in piece.brief.theme.forbidden if " " not in word]
    # The theme's own words stand first, the anachronisms behind them: among the first few is what breaks its tone.
    word = allowed[piece.variant % min(6, len(allowed))]
    _edit(piece, content, lambda text: f"{text} “{word.capitalize()}” was the word for it.")


def _heading(piece: Piece, content: dict[str, Any]) -> None:
    def mark(text: str) -> str:
        first, space, rest = text.partition(" ")
        return f"**{first}**{space}{rest}"

    _edit(piece, content, mark)


def _repeated_sentence(piece: Piece, content: dict[str, Any]) -> None:
    if isinstance(content[_main(piece)], str):
        _edit(piece, content, lambda text: f"{text} {_first_sentence(text)}")
    else:
        turns = cast("list[dict[str, str]]", content[_main(piece)])
        turns[-1]["words"] = turns[1]["words"]


def _first_sentence(text: str) -> str:
    return text.partition("\n")[0].partition(". ")[0].rstrip(".") + "."


def _told_secret(piece: Piece, content: dict[str, Any]) -> None:
    hidden = next(name for name in content if name in _SECRETS)
    secret = _first_sentence(cast("str", content[hidden]))
    _edit(piece, content, lambda text: f"{text} {secret}")


_SECRETS = frozenset({"secret", "truth", "catch"})
"""Fields of the dungeon master that a careless model blurts out."""
_NAMED = MappingProxyType({"backstory": "connections", "location": "features", "plot": "factions"})
"""Lists whose entries have a name that no other text repeats: there a name can be wrong by itself."""


def _cliche_name(piece: Piece, content: dict[str, Any]) -> None:
    names = sheet("faults")[f"names.{piece.brief.type.name}"]
    entry = cast("list[dict[str, str]]", content[_NAMED[piece.brief.type.name]])[0]
    entry["name"] = names[piece.variant % len(names)].text


def _always(_piece: Piece) -> bool:
    return True


def _has_facts(piece: Piece) -> bool:
    return bool(piece.brief.facts)


def _forbids(piece: Piece) -> bool:
    return any(" " not in word for word in piece.brief.theme.forbidden)


def _has_names(piece: Piece) -> bool:
    return piece.brief.type.name in _NAMED


def _has_secret(piece: Piece) -> bool:
    return not _SECRETS.isdisjoint(piece.brief.type.model.model_fields)


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "missing_fact": Fault(_has_facts, _nothing),
        "forbidden_word": Fault(_forbids, _forbidden_word),
        "too_long": Fault(_always, _nothing),
        "markdown": Fault(_always, _heading),
        "cliche_name": Fault(_has_names, _cliche_name),
        "repeated_sentence": Fault(_always, _repeated_sentence),
        "told_secret": Fault(_has_secret, _told_secret),
    }
)
"""By name, in the order in which a stubborn model prefers them."""

_SHARE = 40
"""Percentage of first drafts by a decent model that carry a fault."""


def chosen_fault(piece: Piece, mood: str) -> str | None:
    """The fault that this piece gets, if any: decided by the brief, so the same each time."""
    applicable = [name for name, fault in FAULTS.items() if fault.applies(piece)]
    repair = piece.brief.repair
    if mood == "stubborn":
        return applicable[0]
    if mood != "decent" or repair is not None or piece.brief.attempt > 1:
        return None
    return piece.rng.choice(applicable) if piece.rng.randrange(100) < _SHARE else None
