"""Which fault strikes which call: a queue of steps that the client under test has scripted, or the model's name."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from providers.simulator.faults import FAULTS, Fault


class Match(BaseModel):
    """Which calls a step is for; what is not given, fits."""

    model_config = ConfigDict(extra="forbid")

    model: str | None = None
    contains: str | None = Field(default=None, description="Text that the prompt holds.")
    endpoint: str | None = Field(default=None, description="Path, for instance /v1/chat/completions.")

    def fits(self, endpoint: str, model: str, prompt: str) -> bool:
        """Whether a call is meant."""
        return (
            self.model in {None, model}
            and (self.contains is None or self.contains in prompt)
            and self.endpoint in {None, endpoint}
        )


class Step(BaseModel):
    """One step: the fault that strikes the next `times` calls that match.

    A null fault lets them pass; with `text` the model then answers so, word for word.
    Further fields are the fault's parameters (`GET /simulator/faults` lists them).
    """

    model_config = ConfigDict(extra="allow")

    fault: str | None
    times: int = Field(default=1, ge=1)
    match: Match = Match()
    text: str | None = Field(default=None, description="The answer itself; only without a fault.")

    @property
    def parameters(self) -> dict[str, float]:
        """The fault's parameters given here."""
        return {name: value for name, value in (self.model_extra or {}).items() if isinstance(value, int | float)}

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.fault is not None and self.fault not in FAULTS:
            raise ValueError(f"there is no fault {self.fault!r}; there are {', '.join(sorted(FAULTS))}")
        if self.fault is not None and self.text is not None:
            raise ValueError("a step has a fault or a text, not both")
        known: Mapping[str, float] = FAULTS[self.fault].parameters if self.fault is not None else {}
        for name, value in (self.model_extra or {}).items():
            if name not in known:
                raise ValueError(f"{self.fault!r} has no parameter {name!r}; it has {', '.join(known) or 'none'}")
            if isinstance(value, bool) or not isinstance(value, int | float):
                message = f"the parameter {name!r} of {self.fault!r} must be a number"
                raise ValueError(message)  # noqa: TRY004 -- pydantic reports only ValueError
        return self


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault together with the parameters of this one stroke."""

    fault: Fault
    parameters: dict[str, float]
    text: str | None = None
    """What the model answers, word for word, when the script says so."""


_DICTATION = Fault(name="dictation", summary="nothing goes wrong: the script has said what to answer")


class Script:
    """The queue. Steps are taken in order: a call gets the first one that matches and that can strike it."""

    def __init__(self, remembered: int = 10_000) -> None:
        self._steps: list[tuple[Step, int]] = []
        self._consumed = 0
        self._failed_once: OrderedDict[int, None] = OrderedDict()
        self._remembered = remembered

    def add(self, steps: list[Step]) -> None:
        """Append to the queue."""
        self._steps.extend((step, step.times) for step in steps)

    def clear(self) -> None:
        """Empty the queue and forget which requests have failed once."""
        self._steps.clear()
        self._failed_once.clear()
        self._consumed = 0

    def view(self) -> dict[str, JsonValue]:
        """`{"steps": [...], "unconsumed": n, "consumed": n}`, the counts in calls."""
        steps: list[JsonValue] = [
            {**step.model_dump(mode="json"), "remaining": remaining} for step, remaining in self._steps
        ]
        return {
            "steps": steps,
            "unconsumed": sum(remaining for _, remaining in self._steps),
            "consumed": self._consumed,
        }

    def strike(
        self,
        endpoint: str,
        model: str,
        prompt: str,
        *,
        own: str | None = None,
        writes: bool = False,
        named: bool = False,
    ) -> Strike | None:
        """What strikes this call: a step of the queue, else the model's `own` fault, else nothing.

        Args:
            endpoint: path of the call.
            model: id as the caller gave it.
            prompt: what the model reads.
            own: the fault in the model's name.
            writes: whether the call writes text; otherwise only faults of HTTP can strike.
            named: whether only steps count that name the endpoint.
        """
        for index, (step, remaining) in enumerate(self._steps):
            fault = FAULTS[step.fault] if step.fault is not None else None
            harmless = step.text is None if fault is None else fault.is_http
            able = (writes or harmless) and (step.match.endpoint is not None or not named)
            if not able or not step.match.fits(endpoint, model, prompt):
                continue
            if remaining > 1:
                self._steps[index] = (step, remaining - 1)
            else:
                del self._steps[index]
            self._consumed += 1
            if fault is None:
                return None if step.text is None else Strike(_DICTATION, {}, step.text)
            return self._struck(fault, step.parameters, hash((model, prompt)))
        return self._struck(FAULTS[own], {}, hash((model, prompt))) if own is not None else None

    def _struck(self, fault: Fault, given: dict[str, Any], request: int) -> Strike | None:
        if fault.first_only:
            if request in self._failed_once:
                del self._failed_once[request]
                return None
            self._failed_once[request] = None
            while len(self._failed_once) > self._remembered:
                self._failed_once.popitem(last=False)
        return Strike(fault, {**fault.parameters, **given})
