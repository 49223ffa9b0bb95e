"""Released prompts never change."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from prompts.loader import PromptError, prompt_files
from prompts.locking import LOCK, check_lock, current_hashes, write_lock


def changed_lock(folder: Path, **rows: str | None) -> Path:
    """A copy of the lock with rows replaced, or removed where None."""
    table = {**yaml.safe_load(LOCK.read_text("utf-8")), **rows}
    lock = folder / "lock.yaml"
    lock.write_text(yaml.safe_dump({name: value for name, value in table.items() if value}), "utf-8")
    return lock


def test_no_released_prompt_has_changed() -> None:
    assert check_lock() == []


def test_every_file_has_a_row() -> None:
    assert set(yaml.safe_load(LOCK.read_text("utf-8"))) == {f"{file.id}/{file.version}" for file in prompt_files()}


def test_a_changed_text_is_found_and_refused(tmp_path: Path) -> None:
    lock = changed_lock(tmp_path, **{"npc/v1": "0" * 64})
    before = lock.read_bytes()
    assert check_lock(lock) == ["npc/v1: the text changed under a released version; write a new version"]
    with pytest.raises(PromptError, match="npc/v1"):
        write_lock(lock)
    assert lock.read_bytes() == before


def test_a_lost_file_is_found_and_refused(tmp_path: Path) -> None:
    lock = changed_lock(tmp_path, **{"npc/v999": "0" * 64})
    assert check_lock(lock) == ["npc/v999: is locked and has no file; released versions stay"]
    with pytest.raises(PromptError, match="npc/v999"):
        write_lock(lock)


def test_a_new_version_is_asked_for_and_added(tmp_path: Path) -> None:
    lock = changed_lock(tmp_path, **{"npc/v1": None})
    assert check_lock(lock) == ["npc/v1: is not locked yet; run `python -m prompts.locking`"]
    assert write_lock(lock) == ["npc/v1"]
    assert check_lock(lock) == []
    assert write_lock(lock) == []


def test_a_first_lock_holds_everything(tmp_path: Path) -> None:
    lock = tmp_path / "lock.yaml"
    assert write_lock(lock) == sorted(current_hashes())
    assert lock.read_text("utf-8") == LOCK.read_text("utf-8")


def test_the_command_line_says_what_it_did() -> None:
    root = LOCK.parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "prompts.locking"], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "locked: nothing new\n"
