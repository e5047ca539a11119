from pathlib import Path

import pytest

from bot.catalog.fingerprint import fingerprint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "en.md").write_text("Move.")
    (tmp_path / "menu.toml").write_text("")
    return tmp_path


def test_a_content_has_twelve_digits_that_stay(folder: Path) -> None:
    assert len(fingerprint(folder)) == 12
    assert fingerprint(folder) == fingerprint(folder)


@pytest.mark.parametrize("name", ["faq/en.md", "faq/ru.md"])
def test_any_change_of_a_file_makes_it_another_content(folder: Path, name: str) -> None:
    before = fingerprint(folder)
    (folder / name).write_text("Rest.")

    assert fingerprint(folder) != before


def test_a_file_that_moves_makes_it_another_content(folder: Path) -> None:
    before = fingerprint(folder)
    (folder / "menu.toml").rename(folder / "faq" / "menu.toml")

    assert fingerprint(folder) != before


def test_hidden_files_and_those_in_hidden_folders_are_no_content(folder: Path) -> None:
    before = fingerprint(folder)
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("x")
    (folder / ".note").write_text("x")

    assert fingerprint(folder) == before
