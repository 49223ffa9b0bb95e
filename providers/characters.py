"""Which characters a vendor's text may bring into the service."""

from re import compile as compile_pattern

_UNWANTED = compile_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Control characters but tab and newline, overrides of the writing direction (they make text read otherwise than
it is), byte-order marks and non-characters."""


def clean(text: str) -> str:
    """`text` as valid Unicode without control characters but newline and tab.

    Halves of surrogate pairs are joined, lone ones become U+FFFD, Windows line ends become newlines; everything
    else unwanted is dropped.
    """
    if text.isprintable():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _UNWANTED.sub("", text.replace("\r\n", "\n"))
