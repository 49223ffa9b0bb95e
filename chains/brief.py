"""The opening of every conversation about one piece of content: the stable system message and the brief."""

from langchain_core.messages import BaseMessage

from dnd.content.request import ContentRequest
from dnd.rules.binding import Binding
from prompts.loader import load_prompt
from prompts.variables import brief_variables, system_variables


def opening(request: ContentRequest, binding: Binding) -> list[BaseMessage]:
    """What the first attempt is asked with, and what every repair begins with.

    Raises:
        InvalidParametersError: there is no such prompt version.
    """
    prompt = load_prompt(request.type, request.prompt_version)
    skeleton = binding.skeleton
    lines = None if skeleton is None or "mechanics" not in prompt.variables else skeleton.lines
    return prompt.messages(
        **system_variables(binding.type),
        **brief_variables(binding.type, request, binding.subject, binding.contract, attempt=1, mechanics=lines),
    )
