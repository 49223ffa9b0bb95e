"""Small turns of phrase that the messages of many rules share."""

from dnd.rules.reckoning import Reckoning

_VOWELS = frozenset("aeiou")


def with_article(noun: str) -> str:
    """`an elf`, `a dwarf`."""
    return f"{'an' if noun[:1].lower() in _VOWELS else 'a'} {noun}"


def sentence(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def levels_of(person: Reckoning) -> str:
    """`level 5 ranger`, or `fighter 3 / rogue 2`."""
    named = [(held.table.name.lower(), held.level) for held in person.classes]
    if len(named) == 1:
        name, level = named[0]
        return f"level {level} {name}"
    return " / ".join(f"{name} {level}" for name, level in named)


def times(count: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def counted(count: int, noun: str) -> str:
    """`1 item`, `2 items`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
