"""The two editions of the rules."""

from typing import Literal

Edition = Literal["5.1", "5.2"]
"""Rules edition: SRD 5.1 (2014 rules) or SRD 5.2 (2024 rules)."""
BOTH: tuple[Edition, ...] = ("5.1", "5.2")
