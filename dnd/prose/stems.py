"""English stems, cached: inflections of a word share one."""

import threading
from functools import cache, lru_cache

import snowballstemmer

_LOCK = threading.Lock()
_IRREGULAR = {
    form: base
    for base, forms in {
        "arise": "arose arisen",
        "bear": "bore borne",
        "become": "became",
        "begin": "began begun",
        "betray": "betrayal betrayer",
        "bind": "bound",
        "bite": "bit bitten",
        "bleed": "bled",
        "break": "broke broken",
        "breed": "bred",
        "bring": "brought",
        "build": "built",
        "burn": "burnt",
        "buy": "bought",
        "catch": "caught",
        "child": "children",
        "choose": "chose chosen",
        "come": "came",
        "creep": "crept",
        "curse": "accursed",
        "deal": "dealt",
        "die": "died dying",
        "dig": "dug",
        "draw": "drew drawn",
        "dream": "dreamt",
        "drink": "drank drunk",
        "drive": "drove driven",
        "eat": "ate eaten",
        "fall": "fell fallen",
        "feed": "fed",
        "feel": "felt",
        "fight": "fought",
        "find": "found",
        "flee": "fled",
        "fly": "flew flown",
        "foot": "feet",
        "forbid": "forbade forbidden",
        "forget": "forgot forgotten",
        "forgive": "forgave forgiven",
        "freeze": "froze frozen",
        "get": "got gotten",
        "give": "gave given",
        "go": "went gone goes",
        "goose": "geese",
        "grow": "grew grown",
        "hang": "hung",
        "hear": "heard",
        "hide": "hid hidden",
        "hold": "held",
        "keep": "kept",
        "knife": "knives",
        "know": "knew known",
        "lay": "laid",
        "lead": "led",
        "learn": "learnt",
        "leave": "left",
        "lend": "lent",
        "life": "lives",
        "light": "lit",
        "lose": "lost",
        "make": "made",
        "man": "men",
        "meet": "met",
        "mouse": "mice",
        "oath": "oaths",
        "pay": "paid",
        "ride": "rode ridden",
        "ring": "rang rung",
        "rise": "rose risen",
        "run": "ran",
        "say": "said",
        "see": "saw seen",
        "seek": "sought",
        "sell": "sold",
        "send": "sent",
        "shake": "shook shaken",
        "shine": "shone",
        "shoot": "shot",
        "shut": "shutting",
        "sing": "sang sung",
        "sink": "sank sunk sunken",
        "sit": "sat",
        "slay": "slew slain",
        "sleep": "slept asleep",
        "sling": "slung",
        "smell": "smelt",
        "speak": "spoke spoken",
        "spend": "spent",
        "spill": "spilt",
        "stand": "stood",
        "steal": "stole stolen",
        "stick": "stuck",
        "strike": "struck stricken",
        "swear": "swore sworn",
        "sweep": "swept",
        "swim": "swam swum",
        "swing": "swung",
        "take": "took taken",
        "teach": "taught",
        "tear": "tore torn",
        "tell": "told",
        "think": "thought",
        "thief": "thieves theft",
        "throw": "threw thrown",
        "tooth": "teeth",
        "wake": "woke woken",
        "wear": "wore worn",
        "weave": "wove woven",
        "weep": "wept",
        "wife": "wives",
        "win": "won",
        "wolf": "wolves",
        "woman": "women",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}
"""Forms that no suffix rule leads back; ambiguous ones (`rose`, `saw`, `felt`) read as verbs."""


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The stem of one word in lower case: Snowball's English stemmer, and a table for irregular forms."""
    base = _IRREGULAR.get(word, word)
    with _LOCK:  # the stemmer keeps its word in itself, and graphs may run in threads
        return _stemmer().stemWord(base)


_NOUNS = frozenset("children feet geese knives lives men mice oaths teeth thieves theft wives wolves women asleep".split())


def is_irregular_past(word: str) -> bool:
    """Whether a word in lower case is an irregular past form: `stole`, `sworn`."""
    return word in _IRREGULAR and word not in _NOUNS


_ENDINGS = frozenset(
    ("", "s", "es", "e", "ed", "d", "ing", "y", "ies", "ied", "ier", "iest", "er", "ers", "r", "rs", "est", "ly", "n")
)
"""What may stand behind the common beginning of two forms of one word."""


@lru_cache(maxsize=32_768)
def same_word(one: str, other: str) -> bool:
    """Whether two words in lower case are forms of one word (`hope`, `hoping`), not merely kin to a stem.

    Stems alone join `universe` and `university`; here what follows the common beginning must be an inflection.
    """
    if one == other:
        return True
    if stem(one) != stem(other):
        return False
    if one in _IRREGULAR or other in _IRREGULAR:
        return True
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    doubled = one[length - 1 : length]
    return all(
        rest in _ENDINGS or (rest[:1] == doubled and rest[1:] in _ENDINGS) for rest in (one[length:], other[length:])
    )
