"""The content graph over the simulator, by real HTTP, with every question to the model kept."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from dnd.content.request import ContentRequest
from dnd.content.samples import sample
from graphs.content import content_graph
from graphs.runner import ContentRunner
from graphs.state import ContentOutput
from providers.chat import OpenAITextModel
from providers.text import TextAnswer, TextCall
from tests.conftest import OpenModel, Simulator


@dataclass
class Recorder:
    """The real text model, and what it was asked."""

    model: OpenAITextModel
    calls: list[TextCall] = field(default_factory=list[TextCall])

    async def answer(self, call: TextCall) -> TextAnswer:
        self.calls.append(call)
        return await self.model.answer(call)

    def price(self, *, input_tokens: int, output_tokens: int) -> float:
        return self.model.price(input_tokens=input_tokens, output_tokens=output_tokens)

    def prompts(self) -> list[str]:
        """Each question as one text."""
        return ["\n".join(str(message.content) for message in call.messages) for call in self.calls]


@dataclass
class Bench:
    """One graph, and the simulator behind it."""

    simulator: Simulator
    recorder: Recorder
    runner: ContentRunner

    async def run(self, request: dict[str, Any], *answers: dict[str, Any] | str) -> ContentOutput:
        """Run `request` while the model answers word for word: an object as JSON, a string as the name of a fault."""
        await self.simulator.script(*(_step(answer) for answer in answers))
        return await self.runner.run(ContentRequest.model_validate(request), {})


def _step(answer: dict[str, Any] | str) -> dict[str, Any]:
    if isinstance(answer, str):
        return {"fault": answer}
    return {"fault": None, "text": json.dumps(answer, ensure_ascii=False)}


OpenBench = Callable[..., Any]


@pytest.fixture
def open_bench(simulator: Simulator, open_model: OpenModel) -> OpenBench:
    """Opens a graph over a model of the simulator."""

    async def opened(model: str = "gpt-5-nano", **settings: Any) -> Bench:  # noqa: ANN401 -- any setting
        recorder = Recorder(await open_model(simulator.base_url, model, max_retries=0, **settings))
        return Bench(simulator, recorder, ContentRunner(content_graph(recorder, max_tokens=8000)))

    return opened


@pytest.fixture
async def bench(open_bench: OpenBench) -> Bench:
    return await open_bench()


@pytest.fixture
def golden() -> tuple[dict[str, Any], dict[str, Any]]:
    """A backstory's request, and an answer to it with which every rule agrees."""
    return sample("backstory")
