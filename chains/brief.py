"""Everything one piece of content is written from, and the messages that say it to a model."""

from dataclasses import dataclass

from langchain_core.messages import BaseMessage

from dnd.content import content_type
from dnd.content.base import ContentType
from dnd.content.request import ContentRequest
from dnd.content.subject import Subject
from dnd.themes.contract import ThemeContract
from prompts.loader import Prompt, load_prompt
from prompts.variables import brief_variables, system_variables


@dataclass(frozen=True, slots=True)
class Brief:
    """A request with all its names resolved."""

    type: ContentType
    request: ContentRequest
    subject: Subject
    contract: ThemeContract
    prompt: Prompt

    @classmethod
    def of(cls, request: ContentRequest, contract: ThemeContract) -> "Brief":
        """Resolve type, subject and prompt.

        Raises:
            InvalidParametersError: one of them does not exist or does not fit.
        """
        kind = content_type(request.type)
        return cls(
            type=kind,
            request=request,
            subject=kind.parse_subject(request.subject),
            contract=contract,
            prompt=load_prompt(request.type, request.prompt_version),
        )

    def opening(self) -> list[BaseMessage]:
        """System message and brief: the first attempt asks with these, and every repair begins with them."""
        return self.prompt.messages(
            **system_variables(self.type),
            **brief_variables(self.type, self.request, self.subject, self.contract, attempt=1),
        )
