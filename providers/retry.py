"""The one policy for calls that failed: which are repeated, after what pause, and when it is enough."""

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, stop_before_delay
from tenacity.wait import wait_base, wait_exponential, wait_random

from dnd.errors import ProviderError
from providers.config import TextModelConfig

LONGEST_PAUSE_S = 8.0
"""Bound of our own pauses; a vendor may ask for more."""


def retrying(config: TextModelConfig, *, remaining_s: float) -> AsyncRetrying:
    """Repeats a call to one model while that may help and a pause still ends within `remaining_s`."""

    def worth_repeating(error: BaseException) -> bool:
        return (
            isinstance(error, ProviderError)
            and error.retryable
            and (error.retry_after or 0.0) <= config.max_retry_after_s
        )

    return AsyncRetrying(
        retry=retry_if_exception(worth_repeating),
        stop=stop_after_attempt(1 + config.max_retries) | stop_before_delay(max(remaining_s, 0.0)),
        wait=_AsAsked(config.retry_pause_s),
        reraise=True,
    )


class _AsAsked(wait_base):
    """The pause that the vendor asks for, else one that doubles; a little more by chance, so that callers spread."""

    def __init__(self, pause_s: float) -> None:
        self._own = wait_exponential(multiplier=pause_s, max=LONGEST_PAUSE_S)
        self._chance = wait_random(0, pause_s)

    def __call__(self, retry_state: RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome is not None else None
        asked = error.retry_after if isinstance(error, ProviderError) else None
        return (self._own(retry_state) if asked is None else asked) + self._chance(retry_state)
