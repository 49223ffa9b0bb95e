"""LangGraph Studio's own server on `langgraph.json`, driven as Studio drives it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from langgraph_sdk import get_client

ROOT = Path(__file__).parent.parent.parent
REQUEST: dict[str, Any] = {
    "type": "backstory",
    "theme": "gothic_horror",
    "subject": {"name": "Pim Fiddlewick", "species": "gnome", "class": "wizard", "level": 3},
    "facts": ["She cannot sleep while a candle burns"],
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The address of `langgraph dev`, run as `make studio` runs it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("studio") / "log"
    command = [
        str(Path(sys.executable).parent / "langgraph"),
        "dev",
        "--no-browser",
        "--no-reload",
        "--port",
        str(port),
    ]
    environment = {**os.environ, "LANGSMITH_TRACING": "false", "OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(600):
            if process.poll() is not None:
                break
            try:
                if httpx.get(f"{url}/ok", timeout=1).is_success:
                    yield url
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        pytest.fail(f"langgraph dev is not up:\n{log.read_text('utf-8')[-3000:]}")
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
async def client(studio: str) -> AsyncGenerator[Any]:
    """A client as Studio has one. Untyped here: the library's overloads are partly unknown to the type checker."""
    async with get_client(url=studio) as opened:
        yield opened


async def test_the_graph_loads_with_its_schemas_and_stages(client: Any) -> None:  # noqa: ANN401 -- see the fixture
    assistant = (await client.assistants.search(graph_id="content"))[0]
    schemas = await client.assistants.get_schemas(assistant["assistant_id"])
    assert "ContentRequest" in schemas["input_schema"]["$defs"]
    assert {"status", "content", "report", "trace"} <= set(schemas["output_schema"]["properties"])
    assert "stream" in schemas["context_schema"]["properties"]
    graph = await client.assistants.get_graph(assistant["assistant_id"])
    nodes = [node["id"] for node in graph["nodes"]]
    assert nodes == ["__start__", "prompt", "apply_theme", "generate", "validate", "repair", "finish", "__end__"]


async def test_a_run_shows_its_stages_and_ends_accepted(client: Any) -> None:  # noqa: ANN401 -- see the fixture
    thread = await client.threads.create()
    parts = client.runs.stream(
        thread["thread_id"], "content", input={"request": REQUEST}, context={"stream": True}, stream_mode="custom"
    )
    told = [part.data async for part in parts if part.event == "custom"]
    stages = [event["stage"] for event in told if event["event"] == "stage" and event["state"] == "started"]
    assert stages[:4] == ["prompt", "apply_theme", "generate", "validate"]
    assert stages[-1] == "finish"
    state = await client.threads.get_state(thread["thread_id"])
    assert state["values"]["status"] in {"accepted", "accepted_with_warnings"}
    assert state["values"]["provenance"]["simulated"] is True


async def test_a_run_can_be_paused_looked_at_and_resumed(client: Any) -> None:  # noqa: ANN401 -- see the fixture
    thread = await client.threads.create()
    await client.runs.wait(thread["thread_id"], "content", input={"request": REQUEST}, interrupt_before=["validate"])
    paused = await client.threads.get_state(thread["thread_id"])
    assert paused["next"] == ["validate"]
    assert paused["values"]["draft"]["raw"]["story"]
    assert paused["values"]["trace"][0]["usage"]["calls"] == 1
    output = await client.runs.wait(thread["thread_id"], "content", input=None)
    assert output["status"] in {"accepted", "accepted_with_warnings"}
    done = await client.threads.get_state(thread["thread_id"])
    assert done["next"] == []
    assert done["values"]["trace"][0] | {"findings": []} == paused["values"]["trace"][0] | {
        "findings": [],
        "ended": done["values"]["trace"][0]["ended"],
    }
