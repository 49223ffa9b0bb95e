import math
from typing import Any

import pytest

from tests.providers.simulator.conftest import Wire


async def embed(wire: Wire, given: str | list[str] | list[int] | list[list[int]], **more: Any) -> list[list[float]]:  # noqa: ANN401 -- any parameter
    answer = await wire.openai.embeddings.create(model="text-embedding-3-small", input=given, **more)
    assert [entry.index for entry in answer.data] == list(range(len(answer.data)))
    return [entry.embedding for entry in answer.data]


def cosine(left: list[float], right: list[float]) -> float:
    return math.fsum(a * b for a, b in zip(left, right, strict=True))


async def test_vectors_have_length_one_and_the_models_dimensions(wire: Wire) -> None:
    for vector in await embed(wire, ["The lighthouse keeper", "a", "!?"]):
        assert len(vector) == 1536
        assert math.isclose(cosine(vector, vector), 1, rel_tol=1e-5)


async def test_the_same_text_gets_the_same_vector_and_like_texts_are_nearer(wire: Wire) -> None:
    keeper, again, like, unlike = await embed(
        wire,
        [
            "The keeper lit the lighthouse lamp",
            "The keeper lit the lighthouse lamp",
            "The old keeper lit the lamp",
            "Seven goats crossed a bridge of rope",
        ],
    )
    assert keeper == again
    assert cosine(keeper, like) > 0.5 > cosine(keeper, unlike)


async def test_base64_and_floats_are_the_same_vector(wire: Wire) -> None:
    (packed,) = await embed(wire, "A lamp")
    (plain,) = await embed(wire, "A lamp", encoding_format="float")
    assert packed == pytest.approx(plain, abs=1e-6)


async def test_dimensions_and_token_arrays_are_taken(wire: Wire) -> None:
    assert len((await embed(wire, "A lamp", dimensions=64))[0]) == 64
    assert len(await embed(wire, [1, 2, 3])) == 1
    assert len(await embed(wire, [[1, 2, 3], [4]])) == 2


async def test_tokens_and_cost_are_in_the_ledger(wire: Wire) -> None:
    await embed(wire, ["abcd" * 100, "abcd" * 50])
    call = await wire.last_call()
    assert (call["input_tokens"], call["endpoint"]) == (150, "/v1/embeddings")
    assert call["cost_usd"] == pytest.approx(150 * 0.02 / 1_000_000)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"input": ""}, 400),
        ({"input": []}, 400),
        ({"input": {"a": 1}}, 400),
        ({"input": ["a", 7]}, 400),
        ({"input": "a " * 40_000}, 400),
        ({"input": ["a"] * 2049}, 400),
        ({"input": ["abcd" * 8000] * 40}, 400),
        ({"input": "a", "dimensions": 9999}, 400),
        ({"input": "a", "dimensions": 8, "model": "text-embedding-ada-002"}, 400),
        ({"input": "a", "encoding_format": "hex"}, 400),
        ({"input": "a", "model": "gpt-5"}, 404),
    ],
    ids=lambda value: str(value)[:50],
)
async def test_a_wrong_input_is_refused(wire: Wire, body: dict[str, Any], status: int) -> None:
    response = await wire.http.post("/v1/embeddings", json={"model": "text-embedding-3-small", **body})
    assert response.status_code == status
    assert response.json()["error"]["message"]
