"""TH: the text belongs to its theme."""

import re
from collections.abc import Iterable, Iterator

from dnd.content.fields import Kind
from dnd.prose.terms import terms_of
from dnd.rules.building import CONTRACT, Mark, build_rule, span_of
from dnd.rules.finding import Finding, Severity
from dnd.rules.rule import Case, Draft, Skip
from dnd.themes.registers import register_profile

_CONTRACTION = re.compile(
    r"\b(?:[^\W\d_]+n['’]t|(?:i|you|he|she|it|we|they|who|that|there|what)['’](?:m|re|ve|ll|d)"
    r"|(?:it|he|she|that|there|what|who|where|how|here|let)['’]s(?=\s))\b",
    re.IGNORECASE,
)
"""Contractions; `it's` and its like only where they cannot be possessives. Not the old `'tis`."""
_SHORTENED = re.compile(r"['’](?:[tmd]|re|ve|ll|(?<=[teow].)s\s)", re.IGNORECASE)
"""Without this there is no contraction."""
_MARKS = re.compile(r"!+")
_SOURCE = CONTRACT + "Themes"


def _keywords(mark: Mark, draft: Draft) -> Iterable[Finding] | Skip:
    contract = draft.contract
    if not contract.min_keywords:
        return Skip.NOT_APPLICABLE
    terms = terms_of(contract.keywords)
    used = {hit.term for leaf in draft.public for hit in terms.find(draft.passages[leaf.path], kin=True)}
    if len(used) >= contract.min_keywords:
        return ()
    return (
        mark(
            draft.type.main,
            f"The players' text uses {len(used)} of the theme's keywords; at least {contract.min_keywords} are needed.",
            expected=f"at least {contract.min_keywords} of: {', '.join(contract.keywords)}",
            found=", ".join(sorted(used)) or "none",
        ),
    )


def _forbidden(mark: Mark, draft: Draft) -> Iterable[Finding] | Skip:
    words = draft.contract.forbidden
    return _each_term(mark, draft, words) if words else Skip.NOT_APPLICABLE


def _each_term(mark: Mark, draft: Draft, words: tuple[str, ...]) -> Iterator[Finding]:
    terms = terms_of(words)
    for leaf in draft.leaves if terms.possible_in(draft.vocabulary) else ():
        for hit in terms.find(draft.passages[leaf.path]):
            text = leaf.text[hit.start : hit.end]
            yield mark(
                leaf.path,
                f"“{text}” breaks the theme {draft.contract.name}.",
                span=span_of(leaf.text, hit.start, hit.end),
                expected=f"another word than “{hit.term}”",
                found=text,
            )


def _contractions(mark: Mark, draft: Draft) -> Iterable[Finding] | Skip:
    if register_profile(draft.contract.register_name).contractions:
        return Skip.NOT_APPLICABLE
    return _each_contraction(mark, draft)


def _each_contraction(mark: Mark, draft: Draft) -> Iterator[Finding]:
    for leaf in draft.public:
        if _SHORTENED.search(leaf.text) is None:
            continue
        for match in _CONTRACTION.finditer(leaf.text):
            yield mark(
                leaf.path,
                f"“{match[0]}” is a contraction; the register {draft.contract.register_name} has none.",
                span=span_of(leaf.text, *match.span()),
                expected="the words in full",
                found=match[0],
            )


def _slang(mark: Mark, draft: Draft) -> Iterable[Finding] | Skip:
    profile = register_profile(draft.contract.register_name)
    given = terms_of(profile.slang)
    if not profile.slang:
        return Skip.NOT_APPLICABLE
    return (
        mark(
            leaf.path,
            f"“{leaf.text[hit.start : hit.end]}” is slang, which the register {draft.contract.register_name} avoids.",
            span=span_of(leaf.text, hit.start, hit.end),
            expected="a word that fits the register",
            found=leaf.text[hit.start : hit.end],
        )
        for leaf in (draft.public if given.possible_in(draft.vocabulary) else ())
        for hit in given.find(draft.passages[leaf.path])
    )


def _exclamations(mark: Mark, draft: Draft) -> Iterator[Finding]:
    allowed = register_profile(draft.contract.register_name).max_exclamations
    if draft.text.count("!") <= allowed:
        return
    places = [(leaf, match) for leaf in draft.public for match in _MARKS.finditer(leaf.text)]
    for leaf, match in places[allowed:]:
        yield mark(
            leaf.path,
            f"The players' text has {len(places)} exclamation marks; {allowed} are the most in this register.",
            span=span_of(leaf.text, *match.span()),
            expected=f"at most {allowed} in all",
            found=str(len(places)),
        )


def _theme_in_name(mark: Mark, draft: Draft) -> Iterator[Finding]:
    """A title that is nothing but the theme's or genre's own name."""
    labels = {draft.contract.name.lower(), draft.contract.genre.lower(), draft.contract.theme_id.replace("_", " ")}
    for leaf in draft.public:
        if leaf.kind is Kind.NAME and leaf.text.strip().lower() in labels:
            yield mark(
                leaf.path,
                f"“{leaf.text.strip()}” is the theme's label, not a title.",
                span=span_of(leaf.text, 0, len(leaf.text)),
                expected="a title of its own",
                found=leaf.text,
            )


RULES = (
    build_rule(
        id="TH1",
        title="The theme's keywords are used",
        severity=Severity.ERROR,
        source=_SOURCE + " (`keywords`)",
        prompt="Use at least the asked number of the theme's keywords in the text for players; any inflection counts.",
        check=_keywords,
        passing=(Case("backstory"), Case("item")),
        failing=(Case("dialogue", theme="comedic"), Case("npc", theme="desert_sands")),
    ),
    build_rule(
        id="TH2",
        title="No forbidden word or anachronism",
        severity=Severity.ERROR,
        source=_SOURCE + " (`forbidden_words`)",
        prompt="The words under “never use” appear in no field, in no inflection.",
        check=_forbidden,
        passing=(Case("quest"), Case("location")),
        failing=(
            Case("backstory", {"/hooks/0": "A cheerful stranger knows the forger's hand."}),
            Case("npc", {"/secret": "He found the deed obviously forged, and kept quiet about it."}),
            Case("item", {"/catch": "The holder checks a smartphone that is not there."}),
        ),
    ),
    build_rule(
        id="TH3",
        title="Contractions only where the register has them",
        severity=Severity.WARNING,
        source=_SOURCE + " (`register`)",
        prompt="Keep to the register's voice, quoted speech included: contractions only where it allows them.",
        check=_contractions,
        passing=(Case("backstory"), Case("quest", {"/hook": "It's the mayor, and he won't come home."})),
        failing=(
            Case("backstory", {"/hooks/0": "The lantern doesn’t lie to anyone who answers letters."}),
            Case("backstory", {"/summary": "She's gone back to the fens with a cold lamp."}),
        ),
    ),
    build_rule(
        id="TH4",
        title="Slang only where the register has it",
        severity=Severity.WARNING,
        source=_SOURCE + " (`register`)",
        prompt="No slang that the register avoids.",
        check=_slang,
        passing=(Case("npc"),),
        failing=(Case("npc", {"/wants": "He is gonna retire with a brass plate."}),),
    ),
    build_rule(
        id="TH5",
        title="Few exclamation marks",
        severity=Severity.WARNING,
        source=_SOURCE + " (`register`)",
        prompt="No more exclamation marks in the text for players than the register allows.",
        check=_exclamations,
        passing=(Case("npc", {"/wants": "To retire!"}),),
        failing=(Case("backstory", {"/hooks/0": "Beware the letters! Beware the lamp! Beware the fog!"}),),
    ),
    build_rule(
        id="TH6",
        title="A title says more than the theme's label",
        severity=Severity.WARNING,
        source=_SOURCE + " (`name`, `genre`)",
        prompt="A title or name is never just the theme's or genre's own label.",
        check=_theme_in_name,
        passing=(Case("plot"),),
        failing=(Case("backstory", {"/title": "Gothic Horror"}),),
    ),
)
