"""The README's first answer: what its first request really prints. `python -m scripts.readme` puts it there."""

import asyncio
import re
import subprocess
import tempfile
from pathlib import Path

from scripts.bench.processes import server

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- first answer: begin -->\n", "<!-- first answer: end -->"
OURS = "http://127.0.0.1:8100"


def first_request(text: str) -> str:
    """The shell command of the section "A first request"."""
    section = text.split("## A first request", 1)[1]
    return section.split("```sh\n", 1)[1].split("```", 1)[0]


def printed_answer(text: str) -> str:
    """The answer that the README prints."""
    block = text.split(BEGIN, 1)[1].split(END, 1)[0]
    return block.removeprefix("```text\n").removesuffix("```\n")


def with_answer(text: str, answer: str) -> str:
    """The README with `answer` in its place."""
    before, rest = text.split(BEGIN, 1)
    return f"{before}{BEGIN}```text\n{answer}```\n{END}{rest.split(END, 1)[1]}"


async def ask(command: str, url: str) -> str:
    """What `command` prints when the service is at `url`."""
    process = await asyncio.create_subprocess_exec(
        "bash", "-c", command.replace(OURS, url), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, error = await process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"the README's request failed: {error.decode()}")
    return re.sub(r"[ \t]+$", "", out.decode(), flags=re.MULTILINE)


def main() -> None:
    """Start a service with embedded defaults, send the README's request, keep what it prints."""
    text = README.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        bare = {
            "OPENAI_API_KEY": "",
            "OPENAI_BASE_URL": "",
            "POSTGRES_HOST": "",
            "DATABASE_URL": "",
            "DATA_DIR": folder,
        }
        command = ("-m", "api.cli", "serve", "--port", "{port}")
        with server(*command, core=0, environment=bare, ready="/health/ready", log=Path(folder) / "log") as service:
            answer = asyncio.run(ask(first_request(text), service.url))
    README.write_text(with_answer(text, answer), "utf-8")
    print(answer)


if __name__ == "__main__":
    main()
