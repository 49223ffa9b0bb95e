"""The documents tell the truth: their commands exist, their first request gives what they print, their links lead."""

import re
from pathlib import Path

import pytest

from scripts.readme import ask, first_request, printed_answer
from server import create_app
from services.context import open_context
from tests.conftest import serving, settings_for

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


async def test_the_readmes_first_request_gives_the_answer_it_prints(tmp_path: Path) -> None:
    """When the simulator's words changed on purpose, `python -m scripts.readme` prints the new ones into it."""
    text = (ROOT / "README.md").read_text("utf-8")
    settings = settings_for(tmp_path)
    async with open_context(settings) as context, serving(create_app(settings, context=context)) as url:
        answer = await ask(first_request(text), url)
    assert answer == printed_answer(text)
    assert answer.startswith("status: accepted | simulated: True")
    assert answer.count("expressed | /") == 3


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8")):
        assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_named_exists(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?:`|^)make ([a-z-]+)", document.read_text("utf-8"), flags=re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_named_exists(document: Path) -> None:
    """Paths in code quotes whose first part is a folder of ours; `<type>` stands for any."""
    pattern = (
        r"`((?:api|chains|dnd|docs|evals|graphs|persistence|prompts|providers|scripts|services|tests|tools)/[^`\s]*)`"
    )
    for name in re.findall(pattern, document.read_text("utf-8")):
        glob = re.sub(r"<[a-z]+>", "*", name).rstrip("/")
        assert list(ROOT.glob(glob)), name


def test_every_decision_has_its_parts() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert records
    for number, record in enumerate(records, start=1):
        assert record.name.startswith(f"{number:04d}-")
        text = record.read_text("utf-8")
        for part in ("## Context", "## Decision", "## Consequences"):
            assert part in text, record.name
