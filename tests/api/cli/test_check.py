"""`llm-service check` as its user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dnd.sheets.samples import sample_document
from tests.api.cli.test_commands import ROOT, command, environment

pytestmark = pytest.mark.slow

WIZARD = ROOT / "dnd/sheets/samples/wizard_5.json"


def check(tmp_path: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("check", *arguments),
        cwd=ROOT,
        env=environment(tmp_path),
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_legal_sheet_is_called_legal_and_exits_with_0(tmp_path: Path) -> None:
    done = check(tmp_path, str(WIZARD))
    assert done.returncode == 0
    assert "Pim Fiddlewick" in done.stdout
    assert "rules of 5.2, as the document says" in done.stdout
    assert "legal · 0 errors, 0 warnings" in " ".join(done.stdout.split())


def test_an_illegal_sheet_is_shown_as_a_table_and_exits_with_1(tmp_path: Path) -> None:
    sheet = {**sample_document("wizard_5"), "proficiency_bonus": 5}
    sheet["hit_points"] = {"max": 40, "method": "fixed"}
    path = tmp_path / "pim.json"
    path.write_text(json.dumps(sheet), "utf-8")
    done = check(tmp_path, str(path))
    shown = " ".join(done.stdout.split())
    assert done.returncode == 1, shown
    assert "LV3" in shown
    assert "HP3" in shown
    assert "The proficiency bonus at level 5 is +3" in shown
    assert "illegal · 2 errors" in shown


def test_a_pasted_block_comes_by_standard_input_and_the_report_as_json(tmp_path: Path) -> None:
    text = "Hound\nMedium beast, unaligned\nAC 12\nHP 30 (2d8 + 2)\nSpeed 40 ft.\nCR 1/4 (XP 50; PB +2)\n"
    done = check(tmp_path, "-", "--json", "--edition", "5.2", given=text)
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert {"rule": "MO3", "path": "/hit_points"}.items() <= report["findings"][0].items() or any(
        finding["rule"] == "MO3" and finding["fix"]["value"] == 11 for finding in report["findings"]
    )
    assert report["document"]["hit_dice"] == "2d8+2"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("no-such-file.json",), "no-such-file.json"),
        (("README.md",), "cannot be read"),
        ((str(WIZARD), "--edition", "3.5"), "3.5"),
        ((str(WIZARD), "--names", "any"), "any"),
    ],
)
def test_what_cannot_be_checked_is_told_and_exits_with_2(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    done = check(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_checking_loads_neither_a_model_client_nor_the_http_application() -> None:
    code = (
        "import sys; import api.cli.check; "
        "print([name for name in ('openai', 'langchain_openai', 'fastapi', 'langserve') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
