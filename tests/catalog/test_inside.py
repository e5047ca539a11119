"""Nothing huge and nothing from elsewhere is read; the folder is refused with file and line."""

import os
from pathlib import Path

import pytest

from bot.catalog.folder import load
from bot.errors import ContentError
from tests.catalog.small import problems

HEAT = "faq/heat/en.md"


def refusal(folder: Path) -> str:
    """Return the one problem of a folder, which stops a start, too."""
    (problem,) = problems(folder)
    with pytest.raises(ContentError) as caught:
        load(folder)
    assert str(caught.value) == str(problem)
    return str(problem).removeprefix(f"{folder}/")


def test_an_answer_of_a_megabyte_is_refused_before_it_is_read(folder: Path) -> None:
    (folder / HEAT).write_text("+++\n+++\n" + "a" * 1_000_000, "utf-8")

    assert refusal(folder).startswith(f"{HEAT}:1: The file has 1000008 bytes. Fix: keep it under")


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mine", "utf-8")
    (folder / HEAT).unlink()
    (folder / HEAT).symlink_to(tmp_path / "secret")

    assert refusal(folder).startswith(f"{HEAT}:1: The link leads out of the folder.")


def test_a_folder_that_is_a_link_out_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "faq" / "more").symlink_to(tmp_path, target_is_directory=True)

    assert refusal(folder).startswith("faq/more:1: The link leads out of the folder.")


@pytest.mark.parametrize("target", ["gone", "loop"])
def test_a_link_to_nothing_or_to_itself_is_refused(folder: Path, target: str) -> None:
    (folder / "faq" / "loop").symlink_to(folder / "faq" / target)

    assert refusal(folder).startswith("faq/loop:1: The link leads nowhere.")


def test_a_link_within_the_folder_is_read_as_its_target(folder: Path) -> None:
    (folder / "..data").mkdir()
    (folder / HEAT).rename(folder / "..data" / "heat.md")
    (folder / HEAT).symlink_to(folder / "..data" / "heat.md")

    assert problems(folder) == []
    assert load(folder).entries["heat"].wording["en"].title == "Heat"


def test_a_pipe_in_the_place_of_a_file_is_refused_and_never_waited_for(folder: Path) -> None:
    (folder / HEAT).unlink()
    os.mkfifo(folder / HEAT)

    assert refusal(folder).startswith(f"{HEAT}:1: This is no file.")


@pytest.mark.parametrize(
    "name", ["ui/english.po", "ui/EN.po", "reminders/notes.toml", "triage/xx.txt", "ui/en.po.orig"]
)
def test_a_file_that_is_named_after_no_language_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("", "utf-8")

    assert refusal(folder).startswith(f"{name}:1: Nothing reads this file.")


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "See [this](http://example.org).",
        "See [this](https://).",
        "See [this](https://[::1).",
        "See [this](javascript:alert(1)).",
        "See <http://example.org>.",
    ],
)
def test_a_script_or_a_link_that_is_not_https_is_refused_at_its_line(
    folder: Path, words: str
) -> None:
    page = folder / HEAT
    page.write_text(page.read_text("utf-8").replace("Use **warmth**.", words), "utf-8")

    assert {problem.line for problem in problems(folder)} == {6}
