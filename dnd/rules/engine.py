"""Running the rules over a draft."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, cast

from pydantic import ValidationError

from dnd.content.base import ContentType, Length
from dnd.content.fields import Content
from dnd.content.request import Policy
from dnd.content.skeleton import Slots
from dnd.content.subject import Subject
from dnd.rules.dossier import Dossier, DossierRule, Reads
from dnd.rules.finding import FactReport, Finding, Report, Severity
from dnd.rules.rule import Draft, DraftRule, Rule, Skip
from dnd.srd.edition import Edition
from dnd.themes.contract import ThemeContract

Outcome = Literal["passed", "failed", "not_applicable", "not_checkable"]


def parse_draft(
    type: ContentType,  # noqa: A002 -- the field's name in the contract
    raw: object,
    *,
    subject: Subject,
    contract: ThemeContract,
    facts: Sequence[str] = (),
    length: Length = Length.FULL,
    edition: Edition = "5.2",
    policy: Policy | None = None,
    owned: Mapping[str, Any] | None = None,
    slots: Mapping[str, Slots] | None = None,
) -> Draft:
    """The draft that `raw`, any JSON value, makes; its `content` is None when `raw` does not fit the type's model."""
    values: Mapping[str, Any] = cast("Mapping[str, Any]", raw) if isinstance(raw, Mapping) else {}
    return Draft(
        type=type,
        raw=values,
        content=_content(type, values),
        subject=subject,
        contract=contract,
        facts=tuple(facts),
        length=length,
        edition=edition,
        policy=policy or Policy(),
        owned=owned or {},
        slots=slots or {},
    )


def _content(type: ContentType, values: Mapping[str, Any]) -> Content | None:  # noqa: A002 -- as above
    try:
        return type.model.model_validate(values, strict=True)
    except ValidationError:
        return None


class Verdicts:
    """What the rules have said so far, in the making of one report."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._outcomes: dict[str, Outcome] = {}
        self._families: dict[str, list[Outcome]] = {}

    def expect(self, outcomes: Mapping[str, Outcome]) -> None:
        """Outcomes that hold unless a rule says otherwise."""
        self._outcomes |= outcomes

    def take(self, rule: Rule, said: Iterable[Finding] | Skip) -> None:
        """Record what one rule said."""
        if isinstance(said, Skip):
            self._outcomes[rule.id] = said.value
            return
        own = list(said)
        outcome: Outcome = "passed"
        if own:
            self._findings.extend(own)
            outcome = _outcome(own)
        self._outcomes[rule.id] = outcome
        self._families.setdefault(rule.family, []).append(outcome)

    def report(self, facts: Sequence[FactReport]) -> Report:
        """The report.

        A rule has failed when it has an error or a warning: information is told and counted nowhere. A family's score
        is passed / (passed + failed); coverage is the share of applicable rules that could be checked.
        """
        counts = Counter(self._outcomes.values())
        checked = counts["passed"] + counts["failed"]
        applicable = checked + counts["not_checkable"]
        return Report(
            findings=sorted(self._findings, key=_place),
            facts=list(facts),
            scores={
                family: round(outcomes.count("passed") / len(outcomes), 4)
                for family, outcomes in self._families.items()
            },
            coverage=round(checked / applicable, 4) if applicable else 0.0,
            outcomes=self._outcomes,
        )


def run_draft_rules(rules: Iterable[DraftRule], draft: Draft, verdicts: Verdicts) -> None:
    """Run the rules of the draft's edition over its texts."""
    for rule in rules:
        if draft.edition in rule.editions:
            verdicts.take(rule, rule.check(draft))


class DossierEngine:
    """Runs mechanical rules; which of them have anything to read is worked out once for each kind of dossier."""

    def __init__(self, rules: Sequence[DossierRule]) -> None:
        self._rules = rules
        self._plans: dict[tuple[Edition, frozenset[Reads]], tuple[list[DossierRule], dict[str, Outcome]]] = {}

    def run(self, dossier: Dossier, verdicts: Verdicts) -> None:
        """Run the rules of the dossier's edition over its documents, and over its texts beside them."""
        readers, outcomes = self._plan(dossier)
        verdicts.expect(outcomes)
        for rule in readers:
            verdicts.take(rule, rule.check(dossier))

    def _plan(self, dossier: Dossier) -> tuple[list[DossierRule], dict[str, Outcome]]:
        """The rules that have something to read, and `not_applicable` for all of the edition."""
        key = (dossier.edition, dossier.has)
        if key not in self._plans:
            own = [rule for rule in self._rules if dossier.edition in rule.editions]
            readers = [rule for rule in own if rule.reads <= dossier.has]
            self._plans[key] = (readers, {rule.id: "not_applicable" for rule in own})
        return self._plans[key]


def _outcome(findings: Iterable[Finding]) -> Outcome:
    weighty = any(finding.severity is not Severity.INFO for finding in findings)
    return "failed" if weighty else "passed"


def _place(finding: Finding) -> tuple[str, str, int, str]:
    return (finding.path, finding.rule, finding.span.start if finding.span else -1, finding.message)
