"""What a request would cost, told without spending anything."""

from pydantic import BaseModel, ConfigDict, Field

from chains.brief import opening
from dnd.content.request import ContentRequest
from dnd.rules.binding import bind, compute_skeleton
from graphs.loop import CHARS_PER_TOKEN
from prompts.loader import load_prompt
from providers.text import TextModel

WORDS_PER_TOKEN = 0.75
"""English prose in OpenAI's encodings."""
OTHER_FIELDS = 2.0
"""A whole answer, fields and JSON included, has at least about so many times the words of its main field (golden
samples: 2.1 to 6)."""


class MoneyRange(BaseModel):
    """US dollars."""

    model_config = ConfigDict(frozen=True)

    low: float = Field(description="Accepted at the first attempt, with the shortest text asked for.")
    high: float = Field(description="Every attempt used up, every answer as long as it may be; no cap beyond it.")


class Estimate(BaseModel):
    """The answer of `POST /v1/estimate`."""

    model_config = ConfigDict(frozen=True)

    prompt_tokens: int = Field(description="Of the first question, counted by its characters.")
    answer_tokens: tuple[int, int] = Field(description="Fewest and most of one answer, reasoning included.")
    attempts: int = Field(description="Calls to the model at most.")
    cost_usd: MoneyRange


class EstimateService:
    """Renders the very prompt that would be sent, and counts."""

    def __init__(self, model: TextModel, *, max_tokens: int) -> None:
        self._model = model
        self._max_tokens = max_tokens

    def estimate(self, request: ContentRequest) -> Estimate:
        """What `request` would cost. Nothing is asked of a model.

        Raises:
            InvalidParametersError: the request cannot be served, as when it is sent for good.
        """
        binding = bind(request, skeleton=compute_skeleton(request))
        prompt = load_prompt(request.type, request.prompt_version)
        characters = sum(len(str(message.content)) for message in opening(request, binding))
        question = round(characters / CHARS_PER_TOKEN)
        most = min(self._max_tokens, prompt.model.max_tokens)
        fewest = min(most, round(binding.type.words[request.length].low * OTHER_FIELDS / WORDS_PER_TOKEN))
        attempts = request.policy.max_attempts
        low = self._model.price(input_tokens=question, output_tokens=fewest)
        # A later question holds the answer before it, and what was wrong with it.
        high = sum(
            self._model.price(input_tokens=question + (most if number else 0), output_tokens=most)
            for number in range(attempts)
        )
        cap = request.policy.max_cost_usd
        return Estimate(
            prompt_tokens=question,
            answer_tokens=(fewest, most),
            attempts=attempts,
            cost_usd=MoneyRange(low=round(low, 8), high=round(high if cap is None else min(high, cap), 8)),
        )
