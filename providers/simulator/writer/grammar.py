"""Agreement: what makes a template with slots a correct sentence about this person."""

import re
from collections.abc import Mapping

_FORMS = {
    "she": ("she", "her", "her", "hers", "herself"),
    "he": ("he", "him", "his", "his", "himself"),
    "they": ("they", "them", "their", "theirs", "themself"),
}
_SINGULAR = {"s": "s", "es": "es", "ies": "ies", "is": "is", "was": "was", "has": "has", "does": "does"}
_PLURAL = {"s": "", "es": "", "ies": "y", "is": "are", "was": "were", "has": "have", "does": "do"}

_SENTENCE_START = re.compile(r"(?<=[.!?])([\"”’]?\s+[\"“‘]?)([a-z])")
_ARTICLE = re.compile(r"\b([Aa])\(n\) (\W*)(\w+)")
_VOWEL_SOUND = re.compile(r"(?!one\b|uni|eu|use|usu|ut)(?:[aeiou]|hour|honest|honour|heir)", re.IGNORECASE)
_DETERMINER = re.compile(
    r"(?:the|his|her|their|its|our|my|your|this|that|these|those|some|any|no|every|each|both|all|two|three)\b",
    re.IGNORECASE,
)
_SHE, _HE, _THEY = (
    re.compile(pattern, re.IGNORECASE)
    for pattern in (r"\b(?:she|her|hers|herself)\b", r"\b(?:he|him|his|himself)\b", r"\b(?:they|their|them)\b")
)


def pronoun_slots(pronoun: str) -> dict[str, str]:
    """Slots that agree with `pronoun` (she, he or they).

    `{they} {them} {their} {theirs} {themself}`, capitalised too, and for verbs in the present `{s} {es} {ies}`
    (keep{s}, push{es}, carr{ies}) and `{is} {was} {has} {does}`, which follow the pronoun. After a name stands
    the singular: templates write that out.
    """
    they, them, their, theirs, themself = _FORMS[pronoun]
    slots = {"they": they, "them": them, "their": their, "theirs": theirs, "themself": themself}
    slots |= {key.capitalize(): form.capitalize() for key, form in slots.items()}
    return slots | (_PLURAL if pronoun == "they" else _SINGULAR)


def pronoun_of(given: str | None, facts: tuple[str, ...], default: str = "they") -> str:
    """The pronoun to use: the one given (`she/her`), else the one the facts use most, else `default`."""
    if given:
        first = re.split(r"[^a-z]+", given.lower().strip())[0]
        return first if first in _FORMS else "they"
    counts = {
        pronoun: sum(len(pattern.findall(fact)) for fact in facts) for pronoun, pattern in (("she", _SHE), ("he", _HE))
    }
    best = max(counts, key=lambda pronoun: counts[pronoun])
    if counts[best]:
        return best
    return "they" if any(_THEY.match(fact) for fact in facts) else default


def render(template: str, slots: Mapping[str, str]) -> str:
    """`template` with its slots filled, `a(n)` decided, and the first letter of each sentence raised."""
    text = template.format_map(slots) if "{" in template else template
    if "a(n)" in text.lower():
        text = _ARTICLE.sub(lambda m: f"{article(m[3], upper=m[1] == 'A')} {m[2]}{m[3]}", text)
    return capitalised(_SENTENCE_START.sub(lambda m: m[1] + m[2].upper(), text))


def article(word: str, *, upper: bool = False) -> str:
    """`a` or `an`, by the sound that `word` begins with."""
    chosen = "an" if _VOWEL_SOUND.match(word) else "a"
    return chosen.capitalize() if upper else chosen


def capitalised(text: str) -> str:
    """`text` with its first letter raised, also behind an opening quotation mark."""
    for index, char in enumerate(text):
        if char.isalpha():
            return text[:index] + char.upper() + text[index + 1 :]
        if char.isdigit():
            return text
    return text


def definite(phrase: str) -> str:
    """A caller's label as a noun phrase to stand inside a sentence: `ruined keep` → `the ruined keep`.

    Names (with a capital) and phrases with a determiner stay as they are; `a` and `an` become `the`.
    """
    phrase = phrase.strip().rstrip(".")
    bare = re.sub(r"^(?:an?|the)\s+", "", phrase, flags=re.IGNORECASE)
    if bare != phrase:
        return f"the {bare}"
    if phrase[:1].isupper() or _DETERMINER.match(phrase):
        return phrase
    return f"the {phrase}"


def bare(phrase: str) -> str:
    """A caller's label without its article and full stop, for use behind `a(n)` or `this`."""
    return re.sub(r"^(?:an?|the)\s+", "", phrase.strip().rstrip("."), flags=re.IGNORECASE)


def joined(words: tuple[str, ...] | list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
