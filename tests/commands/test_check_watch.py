"""``check --watch`` looks again at every change, and ``--against`` names another text."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.catalog.checking import check
from bot.catalog.watching import state_of
from bot.commands import check as command
from tests.catalog.small import edit, write

TODAY = date(2026, 11, 26)
HEAT = "faq/heat/en.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "content")


def test_a_folder_is_reported_anew_after_each_change_and_not_between(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def ticks() -> Iterator[None]:
        yield
        edit(folder / HEAT, "Use", "Always use")
        yield
        yield
        edit(folder / HEAT, "Always use", "Do use")
        yield

    command.watch(folder, partial(check, folder, TODAY), ticks())
    said = capsys.readouterr().out

    counts = [line for line in said.splitlines() if line.endswith("warnings.")]
    assert counts == [
        "0 problems, 2 warnings.",
        "1 problem, 2 warnings.",
        "0 problems, 2 warnings.",
    ]
    assert said.count("Here stands 'always'") == 1


def test_ctrl_c_ends_the_watch_after_its_first_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) > 1:
            raise KeyboardInterrupt

    monkeypatch.setattr("bot.commands.check.time.sleep", nap)
    assert main(["check", str(folder), "--watch"]) == 130
    assert naps == [0.5, 0.5]
    assert capsys.readouterr().out.count("0 problems") == 1


def test_words_of_another_text_fail_the_check_and_a_missing_one_is_a_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    assert main(["check", str(folder), "--against", str(other)]) == 78
    assert "other.txt: cannot be read (FileNotFoundError)." in capsys.readouterr().err

    other.write_text("one two three four five six seven", "utf-8")
    assert main(["check", str(folder), "--against", str(other)]) == 0
    edit(folder / HEAT, "Use **warmth**.", "One two three, four five six seven.")
    assert main(["check", str(folder), "--against", str(other)]) == 1


def test_a_new_a_gone_and_an_edited_file_each_change_the_state_of_a_folder(folder: Path) -> None:
    states = [state_of(folder)]
    (folder / "faq" / "note").write_text("1", "utf-8")
    states.append(state_of(folder))
    (folder / "faq" / "note").write_text("12", "utf-8")
    states.append(state_of(folder))
    (folder / "faq" / "note").unlink()
    states.append(state_of(folder))

    assert states[0] == states[3]
    assert len({tuple(sorted(state.items())) for state in states}) == 3


def test_a_link_that_leads_nowhere_changes_no_state(folder: Path) -> None:
    before = state_of(folder)
    (folder / "faq" / "loose").symlink_to(folder / "gone")

    assert state_of(folder) == before
