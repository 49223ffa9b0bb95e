from hypothesis import given
from hypothesis import strategies as st

from providers.simulator.tokens import CHARS_PER_TOKEN, PromptCache, cut_to_tokens, estimate_tokens
from tests.providers.simulator.conftest import Wire


@given(st.text(), st.integers(min_value=0, max_value=50))
def test_a_cut_text_fits_its_tokens_and_begins_the_text(text: str, tokens: int) -> None:
    cut = cut_to_tokens(text, tokens)
    assert text.startswith(cut)
    assert estimate_tokens(cut) <= tokens
    assert cut == text or estimate_tokens(cut) == tokens


def test_only_no_text_has_no_tokens() -> None:
    assert [estimate_tokens(text) for text in ("", "a", "abcd", "abcde")] == [0, 1, 1, 2]


def prompt(tokens: int, letter: str = "a") -> str:
    return letter * (tokens * CHARS_PER_TOKEN)


def test_prefixes_are_cached_from_1024_tokens_in_steps_of_128() -> None:
    cache = PromptCache()
    assert cache.cached_tokens("m", prompt(1023), 0) == 0
    assert cache.cached_tokens("m", prompt(1023), 0) == 0
    assert cache.cached_tokens("m", prompt(1300), 0) == 0
    assert cache.cached_tokens("m", prompt(1300), 0) == 1280
    assert cache.cached_tokens("m", prompt(1300) + prompt(500, "b"), 0) == 1280
    assert cache.cached_tokens("m", prompt(1100) + prompt(500, "c"), 0) == 1024


def test_another_beginning_another_model_and_too_old_a_prompt_are_not_cached() -> None:
    cache = PromptCache(lifetime_s=600)
    cache.cached_tokens("m", prompt(2000), 0)
    assert cache.cached_tokens("m", "b" + prompt(2000), 0) == 0
    assert cache.cached_tokens("n", prompt(2000), 0) == 0
    assert cache.cached_tokens("m", prompt(2000), 599) > 0
    assert cache.cached_tokens("m", prompt(2000), 1300) == 0


def test_the_cache_forgets_the_oldest_beyond_its_capacity() -> None:
    cache = PromptCache(capacity=2)
    for letter in "abc":
        cache.cached_tokens("m", prompt(1024, letter), 0)
    assert cache.cached_tokens("m", prompt(1024, "c"), 0) == 1024
    assert cache.cached_tokens("m", prompt(1024, "a"), 0) == 0


async def test_a_second_call_with_the_same_opening_is_cheaper(wire: Wire) -> None:
    rules = {"role": "system", "content": "Be brief. " * 900}
    costs: list[float] = []
    for question in ("One?", "Two?"):
        response = await wire.chat(messages=[rules, {"role": "user", "content": question}])
        costs.append((await wire.last_call())["cost_usd"])
        details = response.json()["usage"]["prompt_tokens_details"]
    assert details["cached_tokens"] >= 1024
    assert details["cached_tokens"] % 128 == 0
    assert (await wire.last_call())["cached_tokens"] == details["cached_tokens"]
    assert costs[1] < costs[0]


async def test_another_schema_is_another_prefix(wire: Wire) -> None:
    rules = {"role": "system", "content": "Be brief. " * 900}
    for name in ("title", "name"):
        schema = {"type": "object", "properties": {name: {"type": "string"}}}
        form = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}
        response = await wire.chat(messages=[rules, {"role": "user", "content": "x"}], response_format=form)
        assert response.json()["usage"]["prompt_tokens_details"]["cached_tokens"] == 0
