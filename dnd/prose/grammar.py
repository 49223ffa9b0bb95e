"""What the form of a word and its neighbours say: who is a person, what is a verb, what is passive."""

from dnd.prose.lexicon import contrast_classes, directed_stems, word_class
from dnd.prose.passage import Passage
from dnd.prose.stems import is_irregular_past

_AUXILIARY_REACH = 4
"""Words before a participle among which `was` stands."""
REACH_OF_DEED = 7
"""Words before and after a verb among which its people stand."""
_PEOPLE = frozenset(("kin", "role", "realm", "species"))


def is_person(word: str) -> bool:
    """Whether a word in lower case names somebody by kinship, role, rank or species."""
    return bool((contrast_classes("beside", word) | contrast_classes("anywhere", word)) & _PEOPLE)


def is_passive(passage: Passage, verb: int) -> bool:
    """Whether the verb at word `verb` is done to what stands before it."""
    words = passage.words
    if words[verb + 1 : verb + 2] == ["by"]:
        return True
    begin = next(first for first, last in passage.sentence_words if verb < last)
    for word in reversed(words[max(begin, verb - _AUXILIARY_REACH) : verb]):
        if word in word_class("be"):
            return True
        if word in word_class("joints") or word in word_class("nominative"):
            return False
    return False


def looks_like_verb(passage: Passage, number: int) -> bool:
    """Whether a word says what is done, by its form and its neighbours: right for most plain sentences."""
    words = passage.words
    word = words[number]
    before = words[number - 1] if number else ""
    after = words[number + 1] if number + 1 < len(words) else ""
    if before in word_class("before_noun"):
        return False
    if before in word_class("before_verb") or is_irregular_past(word):
        return True
    if word.endswith("ed") or passage.stems[number] in directed_stems():
        return True
    return word.endswith("s") and not word.endswith("ss") and after in word_class("after_verb")
