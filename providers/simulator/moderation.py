"""`POST /v1/moderations`: 13 categories scored by word lists. It finds plain words and nothing between the lines."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from providers.simulator.answer import text_of
from providers.simulator.endpoint import fail, model_name, read_object
from providers.simulator.errors import invalid
from providers.simulator.exchange import Exchange
from providers.simulator.ledger import Call, Outcome
from providers.simulator.parameters import missing
from providers.simulator.state import SimulatorState

_MODEL = "omni-moderation-2024-09-26"
_NAMES = frozenset({"omni-moderation-latest", _MODEL})
_FLAGGED_FROM = 0.5
"""A category is flagged from this score on."""

_WORDS: Mapping[str, str] = {
    "harassment": r"you (?:worthless|pathetic|stupid) \w+|nobody likes you|shut up,? you",
    "harassment/threatening": r"(?:i|we)(?:'ll| will) (?:hurt|kill|find|hunt) you",
    "hate": r"(?:subhuman|vermin|inferior race)s?|racial slurs?",
    "hate/threatening": r"(?:exterminate|wipe out|kill) (?:all|every) (?:the )?(?:jews?|muslims?|immigrants?|gays?)",
    "illicit": r"how to (?:make|cook|synthesi[sz]e) (?:meth|a bomb|explosives)|(?:buy|sell) (?:stolen cards|cocaine)",
    "illicit/violent": r"how to (?:make|build) (?:a bomb|explosives)|hire a hitman",
    "self-harm": r"(?:self[- ]harm|suicid\w+|cut myself|kill myself|end my life)",
    "self-harm/instructions": r"how to (?:kill myself|cut myself|die by suicide)",
    "self-harm/intent": r"i (?:want|am going|plan) to (?:die|kill myself|end my life|cut myself)",
    "sexual": r"(?:porn\w*|sexually explicit|erotic\w*|orgasm\w*)",
    "sexual/minors": r"(?:child porn\w*|sexual\w* (?:\w+ ){0,3}(?:child|children|minors?))",
    "violence": r"(?:massacre|slaughter|torture|murder|behead|stab)(?:s|ed|ing)?",
    "violence/graphic": r"(?:disembowel|gore|entrails|dismember|flayed alive)\w*",
}
"""What each category looks for, in lower case."""
_OF_PICTURES = frozenset(
    {
        "self-harm",
        "self-harm/instructions",
        "self-harm/intent",
        "sexual",
        "violence",
        "violence/graphic",
    }
)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(rf"\b(?:{words})\b") for name, words in _WORDS.items()}


def scores(text: str) -> dict[str, float]:
    """Score from 0 to 1 of each category: fiction may name one violent deed before it is flagged, threats may not."""
    low = text.lower()
    found: dict[str, float] = {}
    for name, pattern in _patterns().items():
        hits = len(pattern.findall(low))
        first = 0.35 if name in {"violence", "violence/graphic"} else 0.8
        found[name] = round(min(0.99, first + 0.1 * (hits - 1)), 4) if hits else 0.0001
    return found


def _result(text: str, *, pictures: bool) -> dict[str, Any]:
    scored = scores(text)
    categories = {name: score >= _FLAGGED_FROM for name, score in scored.items()}
    inputs = {name: ["text", "image"] if pictures and name in _OF_PICTURES else ["text"] for name in scored}
    return {
        "flagged": any(categories.values()),
        "categories": categories,
        "category_scores": scored,
        "category_applied_input_types": inputs,
    }


def _results(given: object) -> list[dict[str, Any]]:
    if isinstance(given, str):
        return [_result(given, pictures=False)]
    if not isinstance(given, list) or not given:
        raise invalid("Invalid type for 'input': expected a string or a non-empty array.", "input", "invalid_type")
    entries = cast("list[object]", given)
    if all(isinstance(entry, str) for entry in entries):
        return [_result(str(entry), pictures=False) for entry in entries]
    if not all(isinstance(entry, Mapping) for entry in entries):
        raise invalid("Invalid type for 'input': expected strings or objects.", "input", "invalid_type")
    parts = cast("list[Mapping[str, object]]", entries)
    return [_result(text_of(parts), pictures=any(part.get("type") == "image_url" for part in parts))]


class ModerationEndpoint:
    """Free of charge, as the vendor's."""

    def __init__(self, state: SimulatorState) -> None:
        self._state = state

    async def __call__(self, exchange: Exchange, call: Call) -> Outcome:
        """Run one call."""
        body = await read_object(exchange)
        name = call.model = model_name({"model": "omni-moderation-latest", **body})
        if name not in _NAMES:
            raise invalid(f"Invalid value for 'model': '{name}' is no moderation model.", "model")
        if body.get("input") is None:
            raise missing("input")
        given = body["input"]
        strike = self._state.script.strike(exchange.path, name, given if isinstance(given, str) else "")
        if strike is not None:
            return await fail(exchange, call, strike, name)
        results = _results(given)
        call.status = 200
        await exchange.reply_json(200, {"id": self._state.new_id("modr-"), "model": _MODEL, "results": results})
        return "answered"
