"""Reading every data file before the first request, so that none waits for a disk and no event loop is blocked."""

from chains.brief import opening
from dnd.content import CONTENT_TYPES
from dnd.content.request import ContentRequest
from dnd.content.samples import sample
from dnd.content.wire import wire_schema
from dnd.rules import rules_hash, validate
from dnd.rules.binding import bind, compute_skeleton
from dnd.themes import built_in_themes
from prompts.loader import load_prompt


def warm_up() -> None:
    """Load themes, prompts and rule data by validating one golden sample of each type. Blocks."""
    built_in_themes()
    rules_hash()
    load_prompt("repair")
    for kind in CONTENT_TYPES:
        request, content = sample(kind.name)
        asked = ContentRequest.model_validate(request)
        binding = bind(asked, skeleton=compute_skeleton(asked))
        opening(asked, binding)
        wire_schema(kind.model)
        validate(binding.draft(content))
