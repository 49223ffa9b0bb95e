"""From our question to ChatOpenAI and the arguments of its call.

LangChain's own ways to structured output are not used: they raise classes outside its hierarchy and lose the text
and the token counts of an answer that was paid for. The wish for JSON travels in `extra_body` and the answer stays
plain text.
"""

from collections.abc import Sequence
from typing import Any

import httpx
import openai
import orjson
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.messages import BaseMessage, SystemMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_openai import ChatOpenAI
from pydantic import SecretStr
from typing_extensions import override

from providers.catalogue import ModelRow, Structured
from providers.completions import PlainCompletions
from providers.config import OPENAI_URL, TextModelConfig
from providers.text import TextCall

_KEEPALIVE_S = 30.0
"""Idle connections live this long: a TLS handshake costs more than a socket."""


class ChatModel(ChatOpenAI):
    """ChatOpenAI that keeps what it drops: refusals, and until a stream's end the fingerprint of its system."""

    @override
    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> ChatResult:
        """One whole answer, without the hop into a thread that ChatOpenAI makes to read a result."""
        # As below: langchain-openai leaves its dictionaries untyped.
        payload: dict[str, Any] = self._get_request_payload(messages, stop=stop, **kwargs)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        payload.pop("stream", None)
        answer = await self.async_client.with_raw_response.create(stream=False, **payload)
        return self._create_chat_result(answer.parse())

    @override
    def _create_chat_result(
        self, response: dict[str, Any] | openai.BaseModel, generation_info: dict[str, Any] | None = None
    ) -> ChatResult:
        # The next line, and the next method's first, ignore that langchain-openai leaves its dictionaries untyped.
        result = super()._create_chat_result(response, generation_info)  # pyright: ignore[reportUnknownMemberType]
        if isinstance(response, dict):
            for generation, choice in zip(result.generations, response["choices"], strict=True):
                generation.message.additional_kwargs["refusal"] = choice["message"].get("refusal")
        return result

    @override
    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        converted = super()._convert_chunk_to_generation_chunk(  # pyright: ignore[reportUnknownMemberType]
            chunk, default_chunk_class, base_generation_info
        )
        if converted is not None and (choices := chunk.get("choices")):
            delta = choices[0]["delta"]
            converted.message.additional_kwargs["refusal"] = delta.get("refusal")
            if "role" in delta:
                converted.message.additional_kwargs["system_fingerprint"] = chunk.get("system_fingerprint")
        return converted


def build_client(config: TextModelConfig) -> openai.AsyncOpenAI:
    """One client for all models of `config`: it makes one HTTP call for each question, never a retry."""
    key = config.api_key
    timeout = openai.Timeout(config.timeout_s, connect=config.connect_timeout_s)
    return openai.AsyncOpenAI(
        api_key=key.get_secret_value() if isinstance(key, SecretStr) else key,
        # Stated even where it is the default: the client would else read it from the environment.
        base_url=config.base_url or OPENAI_URL,
        timeout=timeout,
        max_retries=0,
        http_client=openai.DefaultAsyncHttpx2Client(
            timeout=timeout,
            limits=httpx.Limits(max_connections=1000, max_keepalive_connections=50, keepalive_expiry=_KEEPALIVE_S),
            # A proxy set for the outside world does not reach a server on this machine.
            trust_env=not config.loopback,
            # Without TLS no certificates are read, which takes a tenth of a second.
            verify=config.encrypted,
        ),
    )


def build_chat_model(row: ModelRow, config: TextModelConfig, client: openai.AsyncOpenAI) -> ChatModel:
    """The model of `row` over a shared client."""
    completions = PlainCompletions(client)
    return ChatModel(
        model=row.id,
        api_key=SecretStr(client.api_key),
        base_url=str(client.base_url),
        openai_proxy=None,
        root_async_client=client,
        async_client=completions,
        # Never asked: ChatOpenAI would else build a synchronous client, and read all certificates for it.
        client=completions,
        timeout=config.timeout_s,
        max_retries=0,
        stream_usage=True,
        stream_chunk_timeout=config.stream_stall_s,
        use_responses_api=False,
        cache=False,
    )


def arguments(call: TextCall, row: ModelRow, structured: Structured, max_output_tokens: int) -> dict[str, Any]:
    """Keyword arguments of one call: budget, effort, verbosity and schema, as far as the model takes them."""
    budget = min(call.max_tokens, max_output_tokens, row.max_output_tokens)
    body: dict[str, Any] = {}
    found: dict[str, Any] = {"extra_body": body}
    if row.limit_parameter == "max_tokens":
        body["max_tokens"] = budget
    else:
        # ChatOpenAI sends its `max_tokens` as `max_completion_tokens`.
        found["max_tokens"] = budget
    if (effort := row.effort(call.effort)) is not None:
        found["reasoning_effort"] = effort
    if call.verbosity is not None and "verbosity" not in row.refuses:
        found["verbosity"] = call.verbosity
    if structured == "json_schema":
        named = {"name": call.schema_name, "strict": True, "schema": call.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    elif structured == "json_object":
        body["response_format"] = {"type": "json_object"}
    return found


def messages(call: TextCall, structured: Structured) -> Sequence[BaseMessage]:
    """The messages to send: the schema is told in the system message where the server does not enforce it."""
    if structured == "json_schema":
        return call.messages
    told = (
        "Answer with one JSON object and nothing else: no prose around it, no code fence. "
        f"It must be valid under this JSON schema:\n{orjson.dumps(call.schema).decode()}"
    )
    first, *rest = call.messages or [SystemMessage("")]
    if isinstance(first, SystemMessage):
        return [SystemMessage(f"{first.text}\n\n{told}".strip()), *rest]
    return [SystemMessage(told), *call.messages]
