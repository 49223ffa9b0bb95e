"""Counting tokens by estimate, and remembering which prompts a real provider would have cached."""

from collections import OrderedDict

CHARS_PER_TOKEN = 4
"""A fair mean of English prose and JSON; no tokenizer is loaded, so counts are about 15 % off the real ones."""

_FIRST_STEP = 1024
"""Shortest prefix that the vendor caches, in tokens."""
_STEP = 128
"""Prefixes grow by this many tokens."""


def estimate_tokens(text: str) -> int:
    """Tokens of `text`: 0 for none, otherwise at least 1."""
    return -(-len(text) // CHARS_PER_TOKEN)


def cut_to_tokens(text: str, tokens: int) -> str:
    """The beginning of `text` that fits in `tokens`."""
    return text[: tokens * CHARS_PER_TOKEN]


class PromptCache:
    """Prefixes of recent prompts, in steps of 128 tokens from 1024 up, as the vendor bills them at a discount.

    Only hashes are kept. An entry lives for `lifetime_s` after its last use; the oldest leave beyond `capacity`.
    """

    def __init__(self, *, lifetime_s: float = 600, capacity: int = 50_000) -> None:
        self._lifetime = lifetime_s
        self._capacity = capacity
        self._used: OrderedDict[int, float] = OrderedDict()

    def cached_tokens(self, model: str, prompt: str, now: float) -> int:
        """Tokens of the longest known prefix of `prompt`; the prompt is known from now on.

        Args:
            model: caches are not shared between models.
            prompt: the whole prompt in the order in which the vendor reads it.
            now: seconds of the caller's clock.
        """
        known = 0
        unbroken = True
        chain = hash(model)
        start, end = 0, _FIRST_STEP * CHARS_PER_TOKEN
        while end <= len(prompt):
            chain = hash((chain, prompt[start:end]))
            unbroken = unbroken and now - self._used.get(chain, float("-inf")) <= self._lifetime
            if unbroken:
                known = end // CHARS_PER_TOKEN
            self._used[chain] = now
            self._used.move_to_end(chain)
            start, end = end, end + _STEP * CHARS_PER_TOKEN
        while len(self._used) > self._capacity:
            self._used.popitem(last=False)
        return known

    def clear(self) -> None:
        """Forget every prompt."""
        self._used.clear()
