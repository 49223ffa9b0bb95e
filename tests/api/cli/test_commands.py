"""The command line as its user meets it: processes, exit codes, and what stands on which stream."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dnd.content import CONTENT_TYPES
from dnd.themes import built_in_themes

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
UNSET = ("OPENAI_", "POSTGRES_", "REDIS_", "DATABASE_", "WORKERS", "PORT", "HOST", "DEBUG", "LOG_", "COLUMNS", "FORCE_")


def environment(data_dir: Path, **changes: str) -> dict[str, str]:
    """The test run's environment without anything that shapes the service, and with `changes`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(UNSET)}
    return {**kept, "DATA_DIR": str(data_dir), "COLUMNS": "100", "NO_COLOR": "1", **changes}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "api.cli", *arguments]


def run(data_dir: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env=environment(data_dir, **changes),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`llm-service serve` with nothing configured but its port, and its URL."""
    port = free_port()
    process = subprocess.Popen(
        command("serve", "--port", str(port)),
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _until_live(url, process)
        yield process, url
    finally:
        process.kill()
        process.communicate()


def _until_live(url: str, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()
        try:
            if httpx.get(f"{url}/health/live").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail("the server did not come up")


def test_the_version_is_told_without_loading_the_service() -> None:
    code = (
        "import sys; sys.argv = ['llm-service', 'version']\n"
        "from api.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'fastapi', 'langchain_core', 'langgraph', 'langserve', 'openai', 'sqlalchemy'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("llm-service ")


def test_writing_loads_neither_the_http_application_nor_langserve() -> None:
    code = "import sys, api.cli.generate; assert not {'server', 'langserve'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_without_a_command_the_commands_are_listed(tmp_path: Path) -> None:
    done = run(tmp_path)
    for name in ("serve", "generate", "types", "themes", "version", "simulator", "migrate"):
        assert name in done.stdout


def test_types_and_themes_are_listed(tmp_path: Path) -> None:
    types, themes = run(tmp_path, "types"), run(tmp_path, "themes")
    assert all(kind.name in types.stdout for kind in CONTENT_TYPES)
    assert all(theme.id in themes.stdout for theme in built_in_themes())
    assert max(map(len, (types.stdout + themes.stdout).splitlines())) <= 100


def test_json_is_all_that_stands_on_stdout(tmp_path: Path) -> None:
    out = tmp_path / "pim.json"
    done = run(
        tmp_path,
        *("generate", "backstory", "--theme", "gothic_horror", "--json", "--out", str(out)),
        *("--subject", "name=Pim Fiddlewick", "--subject", "level=3", "--subject", "companions=Wren"),
        *("--fact", "She carries a brass key that opens no lock in her village"),
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["status"].startswith("accepted")
    assert result["content"]["secret"]
    assert json.loads(out.read_text(encoding="utf-8")) == result
    assert done.stderr == ""


def test_a_player_is_printed_no_secret(tmp_path: Path) -> None:
    arguments = ("generate", "backstory", "--subject", "name=Pim")
    whole = json.loads(run(tmp_path, *arguments, "--json").stdout)
    shown = run(tmp_path, *arguments, "--player")
    assert "For the dungeon master" not in shown.stdout
    assert " ".join(whole["content"]["secret"].split()[:4]) not in " ".join(shown.stdout.split())
    assert "secret" not in json.loads(run(tmp_path, *arguments, "--player", "--json").stdout)["content"]


def test_the_text_stands_on_stdout_and_the_progress_on_stderr(tmp_path: Path) -> None:
    done = run(tmp_path, "generate", "item", "--subject", "category=ring")
    assert done.returncode == 0, done.stderr
    assert "For the dungeon master" in done.stdout
    assert "accepted" in done.stdout
    assert "generate, attempt 1" in done.stderr
    assert "generate, attempt 1" not in done.stdout


def test_a_subject_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "subject.json"
    file.write_text(json.dumps({"name": "Pim Fiddlewick", "level": 99}), encoding="utf-8")
    options = ("generate", "backstory", "--subject-file", str(file))
    assert "/subject/level" in run(tmp_path, *options).stderr
    assert run(tmp_path, *options, "--subject", "level=3").returncode in {0, 3}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("sonnet",), "unknown content type 'sonnet'"),
        (("backstory", "--theme", "noir"), "unknown theme 'noir'"),
        (("backstory", "--length", "epic"), "/length"),
        (("backstory", "--max-attempts", "9"), "/policy/max_attempts"),
        (("backstory", "--subject", "level=99"), "/subject/level"),
        (("backstory", "--subject", "level"), "key=value"),
        (("backstory", "--fact", "x"), "/facts/0"),
    ],
)
def test_a_wrong_option_is_told_in_a_line_and_exits_with_2(tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    done = run(tmp_path, "generate", *options, "--json")
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_content_that_does_not_hold_exits_with_3(tmp_path: Path) -> None:
    done = run(tmp_path, "generate", "backstory", OPENAI_MODEL="sim-stubborn", OPENAI_FALLBACK_MODELS="sim-stubborn")
    assert done.returncode == 3, done.stderr
    assert "needs review" in done.stdout


def test_a_model_that_cannot_answer_exits_with_1(tmp_path: Path) -> None:
    model = "sim-unauthorized"
    done = run(tmp_path, "generate", "backstory", "--json", OPENAI_MODEL=model, OPENAI_FALLBACK_MODELS=model)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith("llm-service: ")


@pytest.mark.parametrize(
    ("changes", "name"),
    [({"PORT": "many"}, "PORT"), ({"WORKERS": "2"}, "WORKERS"), ({"OPENAI_MAX_TOKENS": "1"}, "OPENAI_MAX_TOKENS")],
)
def test_a_wrong_setting_is_told_in_a_line_and_exits_with_2(tmp_path: Path, changes: dict[str, str], name: str) -> None:
    done = run(tmp_path, "serve", **changes)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr


def test_a_port_in_use_is_told_in_a_line_and_exits_with_1(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        for name in ("serve", "simulator"):
            done = run(tmp_path, name, "--port", port)
            assert done.returncode == 1
            assert len(done.stderr.strip().splitlines()) == 1
            assert port in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_says_what_it_runs_on_and_stops_when_asked(
    server: tuple[subprocess.Popen[str], str], number: signal.Signals
) -> None:
    process, url = server
    written = httpx.post(f"{url}/v1/content", json={"type": "item"}, timeout=60)
    assert written.status_code == 200
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert url in said
    for name in ("openai", "database", "getimg_ai", "message_hub", "cache", "built-in simulator", "sqlite"):
        assert name in said
    assert "curl" in said
    assert "Traceback" not in said
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert ["POST", "/v1/content", 200] in [[line.get(key) for key in ("method", "path", "status")] for line in lines]


def test_a_reader_who_leaves_is_no_error(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command("generate", "item"),
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as stream:
        said = stream.read()
    process.wait(timeout=60)
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


def test_ctrl_c_ends_a_run_quietly(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command("generate", "item"),
        cwd=ROOT,
        env=environment(tmp_path, OPENAI_MODEL="sim-stall"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "apply theme" in line:
            break
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in said


def test_a_database_is_migrated_once_and_stays(tmp_path: Path) -> None:
    first, again = run(tmp_path, "migrate"), run(tmp_path, "migrate")
    assert (first.returncode, again.returncode) == (0, 0), first.stderr
    assert first.stdout == again.stdout
    assert "SQLite" in first.stdout


def test_the_simulator_runs_alone(tmp_path: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        command("simulator", "--port", str(port)),
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 30
        while True:
            try:
                models = httpx.get(f"http://127.0.0.1:{port}/v1/models", headers={"Authorization": "Bearer any"})
                break
            except httpx.TransportError:
                assert time.monotonic() < until
                time.sleep(0.1)
        assert models.status_code == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
