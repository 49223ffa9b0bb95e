"""The baseline: what a tutorial builds. A LangServe route over a 4-node graph with the in-memory saver.

It asks the same model the same question through the same client, and neither validates, nor stores, nor repairs.
Run by uvicorn as a factory; the question comes from the file named by `BENCH_MESSAGES`.
"""

import json
import os
import uuid
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from langchain_core.messages import BaseMessage, convert_to_messages
from langchain_openai import ChatOpenAI
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langserve import add_routes  # pyright: ignore[reportUnknownVariableType] -- untyped in part
from pydantic import SecretStr
from typing_extensions import TypedDict


class State(TypedDict, total=False):
    """What the four nodes pass on."""

    topic: str
    messages: list[BaseMessage]
    text: str
    words: int
    done: bool


def create_app() -> FastAPI:
    """The baseline application."""
    opening = convert_to_messages(json.loads(Path(os.environ["BENCH_MESSAGES"]).read_text(encoding="utf-8")))
    model = ChatOpenAI(
        model=os.environ["OPENAI_MODEL"],
        base_url=os.environ["OPENAI_BASE_URL"],
        api_key=SecretStr("bench"),
        timeout=30,
        max_retries=0,
        stream_usage=True,
    )

    def prompt(state: State) -> State:  # noqa: ARG001 -- node shape
        return {"messages": opening}

    async def generate(state: State) -> State:
        answer = await model.ainvoke(state.get("messages", []))
        return {"text": str(answer.content)}

    def check(state: State) -> State:
        return {"words": len(state.get("text", "").split())}

    def finish(state: State) -> State:
        return {"done": state.get("words", 0) > 0}

    # The library leaves parts of its own signatures untyped.
    builder: Any = StateGraph(State)
    for node in (prompt, generate, check, finish):
        builder.add_node(node.__name__, node)
    builder.add_edge(START, "prompt")
    builder.add_edge("prompt", "generate")
    builder.add_edge("generate", "check")
    builder.add_edge("check", "finish")
    builder.add_edge("finish", END)
    graph = builder.compile(checkpointer=InMemorySaver())

    async def thread(config: dict[str, Any], request: Request) -> dict[str, Any]:  # noqa: ARG001 -- LangServe's shape
        config.setdefault("configurable", {})["thread_id"] = str(uuid.uuid4())
        return config

    app = FastAPI()
    add_routes(app, graph, path="/graph", per_req_config_modifier=thread)

    @app.get("/health/ready")
    async def ready() -> dict[str, str]:  # pyright: ignore[reportUnusedFunction] -- registered by the decorator
        return {"status": "ready"}

    return app
