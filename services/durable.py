"""A text model whose paid answers are durable before anybody reads them, and are not paid for twice."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import orjson

from dnd.content.result import Usage
from persistence.answers import AnswerRepository
from providers.text import TextAnswer, TextCall, TextModel


class DurableModel:
    """Keeps each answer of a run under the hash of its question; a run that is taken up again reads them back.

    A question is the whole call, attempt and findings included, so no two questions of a run are the same, and the
    same run asks the same questions again: between model calls everything is code. What is read back counts in the
    run's usage as it did when it was paid.
    """

    def __init__(
        self, model: TextModel, answers: AnswerRepository, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._model = model
        self._answers = answers
        self._now = now

    async def answer(self, call: TextCall) -> TextAnswer:
        """Ask, or read back what was answered.

        Raises:
            ProviderError: as the model behind it.
            StorageError: the answer could not be kept, or not be looked up.
        """
        run = call.run
        if run is None:
            return await self._model.answer(call)
        question = question_hash(call)
        if run.resumed and (kept := await self._answers.get(run.thread_id, question)) is not None:
            return _told(call, _read(kept))
        answer = await self._model.answer(call)
        await self._answers.put(run.thread_id, question, _written(answer), self._now())
        return answer

    def price(self, *, input_tokens: int, output_tokens: int) -> float:
        """As the model behind it."""
        return self._model.price(input_tokens=input_tokens, output_tokens=output_tokens)


def question_hash(call: TextCall) -> str:
    """The same for calls that ask the same."""
    parts: list[Any] = [
        [[message.type, message.content] for message in call.messages],
        call.schema_name,
        call.schema,
        call.max_tokens,
        call.effort,
        call.verbosity,
    ]
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()


def _written(answer: TextAnswer) -> str:
    return orjson.dumps({**asdict(answer), "usage": answer.usage.model_dump()}).decode()


def _read(document: str) -> TextAnswer:
    values: dict[str, Any] = orjson.loads(document)
    values |= {"usage": Usage.model_validate(values["usage"]), "failures": tuple(values["failures"])}
    return TextAnswer(**values)


def _told(call: TextCall, answer: TextAnswer) -> TextAnswer:
    """A watcher of the run gets the text at once."""
    if call.sink is not None:
        call.sink.write(answer.text)
    return answer
