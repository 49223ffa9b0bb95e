"""What the types about a character share: which pools of `people.yaml` speak of their class and background."""

from collections.abc import Mapping

from providers.simulator.writer.fragments import sheet


def class_slot(subject: Mapping[str, str], prefix: str = "class") -> str:
    """The slot for the first class named in `subject`; `<prefix>.any` when it has none of its own."""
    return _slot(prefix, subject.get("class", "").split("/")[0])


def background_slot(subject: Mapping[str, str]) -> str:
    """The slot for the background in `subject`; `background.any` when it has none of its own."""
    return _slot("background", subject.get("background", ""))


def _slot(prefix: str, label: str) -> str:
    key = "_".join(label.lower().split())
    slot = f"{prefix}.{key}"
    return slot if key and slot in sheet("people") else f"{prefix}.any"
