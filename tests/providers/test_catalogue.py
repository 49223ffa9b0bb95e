from datetime import date

import pytest

from dnd.errors import ConfigurationError
from providers.catalogue import EFFORTS, FAMILIES, MODELS, ModelRow, Structured, model_row
from providers.config import TextModelConfig, start_up_notices
from providers.text import Effort

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("row", [*MODELS, *FAMILIES], ids=lambda row: row.id)
def test_every_row_is_plausible(row: ModelRow) -> None:
    assert row.source
    assert 0 < row.max_output_tokens <= row.context_tokens
    assert (row.input_usd is None) == (row.output_usd is None)
    assert row.cached_usd is None or (row.input_usd is not None and row.cached_usd < row.input_usd)
    assert list(row.efforts) == sorted(row.efforts, key=EFFORTS.index)
    assert not row.efforts or "reasoning_effort" not in row.refuses
    assert row.provider != "openai" or row.limit_parameter == "max_completion_tokens"


def test_no_model_has_two_rows() -> None:
    names = [row.id for row in (*MODELS, *FAMILIES)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", MODELS, ids=lambda row: row.id)
def test_every_successor_has_a_row_and_outlives_its_predecessor(row: ModelRow) -> None:
    if row.successor is None:
        return
    successor = next(entry for entry in MODELS if entry.id == row.successor)
    assert row.shutdown is not None
    assert successor.shutdown is None or successor.shutdown > row.shutdown


@pytest.mark.parametrize(
    ("model", "provider", "structured"),
    [
        ("gpt-5-nano", "openai", "json_schema"),
        ("gpt-4o-mini-2024-07-18", "openai", "json_schema"),
        ("gpt-7", "openai", "json_schema"),
        ("o9-mini", "openai", "json_schema"),
        ("sim-decent", "simulator", "json_schema"),
        ("sim-chat", "simulator", "text"),
        ("sim-json", "simulator", "json_object"),
        ("llama3.1:8b", "openai_compatible", "json_schema"),
        ("bartowski/Meta-Llama-3.1-8B-Instruct-GGUF", "openai_compatible", "json_schema"),
        ("Qwen/Qwen3-8B", "openai_compatible", "json_schema"),
        ("mistral-small:24b", "openai_compatible", "json_schema"),
        ("gemma3:4b", "openai_compatible", "json_schema"),
        ("microsoft/Phi-4", "openai_compatible", "json_schema"),
        ("deepseek-r1:8b", "openai_compatible", "json_schema"),
        ("deepseek-chat", "openai_compatible", "json_object"),
        ("openai/gpt-oss-20b", "openai_compatible", "json_schema"),
        ("a-model-nobody-knows", "openai_compatible", "json_object"),
    ],
)
def test_a_model_id_finds_its_row(model: str, provider: str, structured: Structured) -> None:
    row = model_row(model)
    assert (row.id, row.provider, row.structured) == (model, provider, structured)


def test_a_dated_snapshot_costs_what_its_model_costs() -> None:
    snapshot, model = model_row("gpt-5-nano-2025-08-07"), model_row("gpt-5-nano")
    assert (snapshot.input_usd, snapshot.cached_usd, snapshot.output_usd) == (
        model.input_usd,
        model.cached_usd,
        model.output_usd,
    )
    assert snapshot.shutdown == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("model", "wanted", "sent"),
    [
        ("gpt-5-nano", "minimal", "minimal"),
        ("gpt-5.6-luna", "minimal", "low"),
        ("gpt-5.6-luna", "high", "high"),
        ("gpt-4o", "low", None),
        ("qwen3:8b", "low", None),
        ("gpt-5-nano", None, None),
    ],
)
def test_an_effort_is_brought_to_one_that_the_model_takes(
    model: str, wanted: Effort | None, sent: Effort | None
) -> None:
    assert model_row(model).effort(wanted) == sent


def test_cached_input_is_charged_at_its_own_price() -> None:
    row = model_row("gpt-5-nano")
    cost = row.cost(input_tokens=2_000_000, output_tokens=1_000_000, cached_tokens=1_000_000)
    assert cost == pytest.approx(0.05 + 0.005 + 0.40)


def test_more_cached_tokens_than_input_never_make_a_negative_price() -> None:
    assert model_row("gpt-5-nano").cost(input_tokens=10, output_tokens=0, cached_tokens=10_000) >= 0


def test_cached_input_without_known_discount_costs_as_any_other() -> None:
    row = model_row("gpt-5.4-nano")
    assert row.cost(input_tokens=1000, output_tokens=0, cached_tokens=1000) == row.cost(
        input_tokens=1000, output_tokens=0
    )


def test_an_unknown_price_costs_nothing_and_says_so() -> None:
    row = model_row("a-model-nobody-knows")
    assert not row.priced
    assert row.cost(input_tokens=1000, output_tokens=1000) == 0.0
    config = TextModelConfig(api_key="k", base_url="http://models.example/v1", models=(row.id,))
    assert start_up_notices(config, TODAY) == [
        "The price of a-model-nobody-knows is not known; the cost of its calls counts as 0."
    ]


def test_a_near_shutdown_is_told_with_successor_and_fall_back() -> None:
    alone = TextModelConfig(api_key="k", models=("gpt-5-nano",))
    (notice,) = start_up_notices(alone, TODAY)
    assert notice == (
        "The text model gpt-5-nano shuts down on 2026-12-11 (in 19 days). The vendor names gpt-5.6-luna as its "
        "successor. No fall-back is configured: set another model before that day."
    )
    backed = TextModelConfig(api_key="k", models=("gpt-5-nano", "gpt-5.6-luna"))
    assert "Requests will fall back to gpt-5.6-luna." in start_up_notices(backed, TODAY)[0]


def test_a_past_shutdown_is_told_as_past_and_a_far_one_not_at_all() -> None:
    config = TextModelConfig(api_key="k", models=("gpt-5-nano",))
    assert "was to shut down on 2026-12-11" in start_up_notices(config, date(2026, 12, 11))[0]
    assert start_up_notices(config, date(2026, 1, 1)) == []
    assert start_up_notices(TextModelConfig(api_key="k", models=("gpt-5.6-luna",)), TODAY) == []


def test_a_configuration_without_a_model_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        TextModelConfig(api_key="k", models=())
    with pytest.raises(ConfigurationError):
        TextModelConfig(api_key="k", models=("gpt-5-nano", " "))


def test_a_model_named_twice_is_asked_once() -> None:
    config = TextModelConfig(api_key="k", models=("gpt-5-nano", "gpt-5-nano", "gpt-4o"))
    assert [row.id for row in config.rows] == ["gpt-5-nano", "gpt-4o"]


def test_the_key_does_not_show_in_the_configuration() -> None:
    assert "sk-secret" not in repr(TextModelConfig(api_key="sk-secret"))


@pytest.mark.parametrize(
    ("base_url", "provider"),
    [
        (None, "openai"),
        ("https://api.openai.com/v1", "openai"),
        ("https://eu.api.openai.com/v1", "openai"),
        ("https://api.openai.com.attacker.example/v1", "openai_compatible"),
        ("http://127.0.0.1:11434/v1", "openai_compatible"),
    ],
)
def test_the_provider_is_read_from_the_address(base_url: str | None, provider: str) -> None:
    assert TextModelConfig(api_key="k", base_url=base_url).provider == provider
