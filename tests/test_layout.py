"""The tree is where it says it is: what import-linter cannot see."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("api", "chains", "dnd", "evals", "graphs", "persistence", "prompts", "providers", "services", "tools")


@pytest.mark.parametrize("name", [*FOLDERS, "server"])
def test_each_top_level_name_is_imported_from_this_repository(name: str) -> None:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT)


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_imports_the_server_or_the_evals(name: str) -> None:
    above = "server" if name == "evals" else "server|evals"
    statement = re.compile(rf"^\s*(from|import) ({above})\b", flags=re.MULTILINE)
    guilty = [path for path in (ROOT / name).rglob("*.py") if statement.search(path.read_text("utf-8"))]
    assert guilty == []


def test_every_tests_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_wheel_holds_every_folder() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert sorted(included) == sorted([*FOLDERS, "server.py"])


def test_the_changelog_knows_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert f"## [{project['project']['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_no_module_outgrows_the_house() -> None:
    """300 lines are the aim; 350 is where a module must be divided."""
    sizes = {
        path.relative_to(ROOT): len(path.read_text("utf-8").splitlines())
        for folder in (*FOLDERS, "scripts")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {path: size for path, size in sizes.items() if size > 350} == {}
