"""Structurally valid nonsense: what a model gives that has lost its way."""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

_KEYS = "asdfghjklqwertyuiopzxcvbnm"
_SYLLABLES = ("la", "mo", "ti", "ba", "ru", "na")


def _mash(rng: random.Random, _brief: str) -> str:
    return " ".join("".join(rng.choices(_KEYS, k=rng.randint(3, 11))) for _ in range(rng.randint(4, 30)))


def _syllables(rng: random.Random, _brief: str) -> str:
    return " ".join([rng.choice(_SYLLABLES) * rng.randint(2, 4)] * rng.randint(8, 40))


def _echo(rng: random.Random, brief: str) -> str:
    start = rng.randrange(max(1, len(brief) - 300))
    return " ".join(brief[start : start + 300].split()) or "<subject>"


def _brackets(rng: random.Random, _brief: str) -> str:
    return rng.choice(("[NAME] was born in [PLACE].", "{{description}}", "[Insert text here]", "<subject>", "TODO"))


_KINDS: tuple[Callable[[random.Random, str], str], ...] = (_mash, _syllables, _echo, _brackets)


def garbage(schema: Mapping[str, Any], brief: str, rng: random.Random) -> dict[str, Any]:
    """An instance of `schema` whose every text is nonsense; `brief` is what an echo repeats."""
    value = _instance(schema, schema, brief, rng)
    return cast("dict[str, Any]", value)


def _instance(node: Mapping[str, Any], root: Mapping[str, Any], brief: str, rng: random.Random) -> object:
    node = _resolved(node, root)
    if "enum" in node:
        return rng.choice(cast("Sequence[object]", node["enum"]))
    match node.get("type"):
        case "object":
            return {name: _instance(part, root, brief, rng) for name, part in node.get("properties", {}).items()}
        case "array":
            return [_instance(node["items"], root, brief, rng) for _ in range(rng.randint(1, 3))]
        case "boolean":
            return rng.random() < 0.5
        case _:
            return rng.choice(_KINDS)(rng, brief)


def _resolved(node: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in node:
        return root["$defs"][str(node["$ref"]).rsplit("/", 1)[-1]]
    return node
