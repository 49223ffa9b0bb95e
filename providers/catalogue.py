"""What is known of each text model: price, limits, how it takes a schema, which parameters it refuses.

A model is one row. Prices are US dollars per 1 million tokens, at the standard tier.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from re import compile as compile_pattern
from typing import Literal

from providers.text import Effort

Structured = Literal["json_schema", "json_object", "text"]
"""How a server takes the wish for JSON: `json_schema` is enforced by it, `json_object` promises only valid JSON,
`text` promises nothing; for the last two the schema is told in the prompt."""
EFFORTS: tuple[Effort, ...] = ("minimal", "low", "medium", "high")
"""Weakest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """One model, or one family of models."""

    id: str
    """Model id as sent on the wire; in the table also a shell pattern (`*qwen*`)."""
    provider: Literal["openai", "openai_compatible", "simulator"]
    structured: Structured
    input_usd: float | None = None
    """Per 1 million input tokens; None is unknown, and then such calls count as 0."""
    cached_usd: float | None = None
    """Per 1 million input tokens found in the vendor's prompt cache; None: no discount is known."""
    output_usd: float | None = None
    """Per 1 million output tokens, reasoning included; None is unknown."""
    context_tokens: int
    """Input and output together, at most."""
    max_output_tokens: int
    """Output at most, reasoning included."""
    reasoning: bool = False
    """True: part of the output budget goes to reasoning that nobody sees."""
    refuses: frozenset[str] = frozenset()
    """Request parameters answered with HTTP 400 (a temperature other than 1 counts as refused)."""
    efforts: tuple[Effort, ...] = ()
    """Values of `reasoning_effort` that it takes, weakest first; empty: the parameter is not sent."""
    shutdown: date | None = None
    """Announced end, when there is one."""
    successor: str | None = None
    """The vendor's named replacement."""
    source: str
    """Where price and limits come from."""

    @property
    def priced(self) -> bool:
        """Whether a cost can be computed."""
        return self.input_usd is not None and self.output_usd is not None

    @property
    def limit_parameter(self) -> Literal["max_tokens", "max_completion_tokens"]:
        """The name under which the answer's budget travels.

        OpenAI refuses the old name for its reasoning models; other servers ignore or refuse the new one
        (Ollama's issue 7125, Mistral's API), and an ignored budget is an answer without end.
        """
        return "max_completion_tokens" if "max_tokens" in self.refuses else "max_tokens"

    def effort(self, wanted: Effort | None) -> Effort | None:
        """The supported effort for `wanted`: itself, else the next stronger one, else the strongest."""
        if wanted is None or not self.efforts:
            return None
        for effort in self.efforts:
            if EFFORTS.index(effort) >= EFFORTS.index(wanted):
                return effort
        return self.efforts[-1]

    def cost(self, *, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> float:
        """US dollars of one call; `cached_tokens` are part of `input_tokens`. 0 when the price is unknown."""
        if self.input_usd is None or self.output_usd is None:
            return 0.0
        cached = min(cached_tokens, input_tokens)
        cached_usd = self.input_usd if self.cached_usd is None else self.cached_usd
        total = (input_tokens - cached) * self.input_usd + cached * cached_usd + output_tokens * self.output_usd
        return round(total / 1_000_000, 10)


_SAMPLING = frozenset(
    {"max_tokens", "temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "logit_bias"}
)
"""What OpenAI's reasoning models refuse."""
_NO_REASONING = frozenset({"max_tokens", "reasoning_effort", "verbosity"})
"""What OpenAI's older models refuse. They do take `max_tokens`; the new name serves all of OpenAI's."""
_OPEN = frozenset({"reasoning_effort", "verbosity", "max_completion_tokens"})
"""What servers of open models ignore, or refuse when they are strict."""
_PRICE_LIST = "OpenAI's price list; limits: model profiles of langchain-openai"
_ANNOUNCED = "; end: deprecation list in the openai package (types/shared/chat_model.py)"
_OPEN_SERVERS = "Ollama, llama.cpp and vLLM enforce json_schema; context as a modest server grants it"


def _gpt5(model: str, input_usd: float, cached_usd: float, output_usd: float) -> ModelRow:
    return ModelRow(
        id=model,
        provider="openai",
        structured="json_schema",
        input_usd=input_usd,
        cached_usd=cached_usd,
        output_usd=output_usd,
        context_tokens=400_000,
        max_output_tokens=128_000,
        reasoning=True,
        refuses=_SAMPLING,
        efforts=EFFORTS,
        shutdown=date(2026, 12, 11),
        successor="gpt-5.6-luna",
        source=_PRICE_LIST + _ANNOUNCED,
    )


def _gpt4(model: str, input_usd: float, cached_usd: float, output_usd: float, *, context: int, output: int) -> ModelRow:
    return ModelRow(
        id=model,
        provider="openai",
        structured="json_schema",
        input_usd=input_usd,
        cached_usd=cached_usd,
        output_usd=output_usd,
        context_tokens=context,
        max_output_tokens=output,
        refuses=_NO_REASONING,
        shutdown=date(2027, 1, 14),
        source=_PRICE_LIST + _ANNOUNCED,
    )


def _unpriced_openai(pattern: str, *, reasoning: bool) -> ModelRow:
    return ModelRow(
        id=pattern,
        provider="openai",
        structured="json_schema",
        context_tokens=128_000,
        max_output_tokens=16_384,
        reasoning=reasoning,
        refuses=_SAMPLING | {"verbosity", "reasoning_effort"},
        source="assumed: an OpenAI model that has no row of its own",
    )


def _simulated(pattern: str, structured: Structured) -> ModelRow:
    return ModelRow(
        id=pattern,
        provider="simulator",
        structured=structured,
        input_usd=0.05,
        cached_usd=0.005,
        output_usd=0.40,
        context_tokens=400_000,
        max_output_tokens=128_000,
        reasoning=True,
        refuses=_SAMPLING,
        efforts=EFFORTS,
        source="the simulator behaves and costs as gpt-5-nano does",
    )


def _open(pattern: str, *, reasoning: bool = False) -> ModelRow:
    return ModelRow(
        id=pattern,
        provider="openai_compatible",
        structured="json_schema",
        context_tokens=32_768,
        max_output_tokens=8_192,
        reasoning=reasoning,
        refuses=_OPEN,
        source=_OPEN_SERVERS,
    )


def _deepseek_api(model: str, *, reasoning: bool) -> ModelRow:
    return ModelRow(
        id=model,
        provider="openai_compatible",
        structured="json_object",
        context_tokens=128_000,
        max_output_tokens=8_192,
        reasoning=reasoning,
        refuses=_OPEN,
        source="DeepSeek's own API: JSON mode without a schema",
    )


MODELS: tuple[ModelRow, ...] = (
    _gpt5("gpt-5-nano", 0.05, 0.005, 0.40),
    _gpt5("gpt-5-mini", 0.25, 0.025, 2.00),
    _gpt5("gpt-5", 1.25, 0.125, 10.00),
    ModelRow(
        id="gpt-5.4-nano",
        provider="openai",
        structured="json_schema",
        input_usd=0.20,
        output_usd=1.25,
        context_tokens=400_000,
        max_output_tokens=128_000,
        reasoning=True,
        refuses=_SAMPLING,
        efforts=("low", "medium", "high"),
        shutdown=date(2027, 4, 1),
        source=_PRICE_LIST + _ANNOUNCED,
    ),
    ModelRow(
        id="gpt-5.6-luna",
        provider="openai",
        structured="json_schema",
        input_usd=1.00,
        cached_usd=0.10,
        output_usd=6.00,
        context_tokens=1_050_000,
        max_output_tokens=128_000,
        reasoning=True,
        refuses=_SAMPLING,
        efforts=("low", "medium", "high"),
        source="preview price; limits: model profiles of langchain-openai",
    ),
    _gpt4("gpt-4.1", 2.00, 0.50, 8.00, context=1_047_576, output=32_768),
    _gpt4("gpt-4.1-mini", 0.40, 0.10, 1.60, context=1_047_576, output=32_768),
    _gpt4("gpt-4o", 2.50, 1.25, 10.00, context=128_000, output=16_384),
    _gpt4("gpt-4o-mini", 0.15, 0.075, 0.60, context=128_000, output=16_384),
    _simulated("sim-chat", "text"),
    _simulated("sim-json", "json_object"),
    _deepseek_api("deepseek-chat", reasoning=False),
    _deepseek_api("deepseek-reasoner", reasoning=True),
)
"""Rows of single models; a dated snapshot (`gpt-5-nano-2025-08-07`) has the row of its model."""

FAMILIES: tuple[ModelRow, ...] = (
    _simulated("sim-*", "json_schema"),
    _open("*gpt-oss*", reasoning=True),
    _open("*deepseek*", reasoning=True),
    _open("*llama*"),
    _open("*qwen*", reasoning=True),
    _open("*mistral*"),
    _open("*ministral*"),
    _open("*mixtral*"),
    _open("*gemma*"),
    _open("phi*"),
    _unpriced_openai("gpt-[5-9]*", reasoning=True),
    _unpriced_openai("gpt-*", reasoning=False),
    _unpriced_openai("o[1-9]*", reasoning=True),
    ModelRow(
        id="*",
        provider="openai_compatible",
        structured="json_object",
        context_tokens=32_768,
        max_output_tokens=8_192,
        refuses=_OPEN,
        source="assumed: nothing is known of this model",
    ),
)
"""Rows by pattern, most specific first; the last one takes everything. A pattern is compared, in lower case, with
the last segment of the id, so `Qwen/Qwen3-8B` and `qwen3:8b` meet the same one."""

_SNAPSHOT = compile_pattern(r"-20\d{2}-\d{2}-\d{2}$")


@lru_cache(maxsize=256)
def model_row(model: str) -> ModelRow:
    """The row for a model id, with that very id in it: its own, its snapshot's model's, or its family's."""
    names = {model, _SNAPSHOT.sub("", model)}
    segment = model.rsplit("/", 1)[-1].lower()
    own: Iterable[ModelRow] = (row for row in MODELS if row.id in names)
    family: Iterable[ModelRow] = (row for row in FAMILIES if fnmatchcase(segment, row.id))
    row = next(iter(own), None) or next(iter(family))
    return replace(row, id=model)
