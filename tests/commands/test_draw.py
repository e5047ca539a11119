"""``python -m bot draw`` draws what is out of date, what is named, or one sheet of all."""

import argparse
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.commands import check, draw
from tests.film.studio import content_with_a_film, studio


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with one film to draw, a renderer and an ffmpeg to draw it."""
    studio(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    drawer = SimpleNamespace(svg_to_bytes=lambda svg_string: svg_string.encode())
    monkeypatch.setitem(sys.modules, "resvg_py", drawer)
    return content_with_a_film(tmp_path / "content")


def run(folder: Path, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    parser.set_defaults(content=folder)
    draw.add(parser.add_subparsers())
    args = parser.parse_args(["draw", *arguments])
    status: int = args.run(args)
    return status


def test_what_has_no_film_yet_is_drawn_and_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder) == 0
    assert capsys.readouterr().out == "nod: 6.8 s, 100 bytes\n"
    assert (folder / "exercises/nod/move.mp4").stat().st_size == 100
    assert "[nod]" in (folder / "films.toml").read_text("utf-8")


def test_what_is_up_to_date_is_not_drawn_again_unless_it_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder)
    capsys.readouterr()
    assert run(folder) == 0
    assert capsys.readouterr().out == ""
    assert run(folder, "nod") == 0
    assert capsys.readouterr().out.startswith("nod: ")


def test_a_record_of_an_exercise_that_is_gone_is_dropped(folder: Path) -> None:
    run(folder)
    with (folder / "films.toml").open("a", encoding="utf-8") as file:
        file.write('\n[gone]\ninputs = "1"\nfilm = "2"\nposter = "3"\n')
    run(folder, "nod")
    assert "gone" not in (folder / "films.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["march", "hop"])
def test_an_exercise_without_key_frames_cannot_be_drawn(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, name) == 2
    said = capsys.readouterr().err
    assert said == f"There is no [film] in '{name}'. Fix: use some of nod.\n"


def test_a_sheet_shows_a_still_of_each_and_draws_no_film(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "--sheet", str(tmp_path / "sheet.png")) == 0
    assert (tmp_path / "sheet.png").exists()
    assert not (folder / "exercises/nod/move.mp4").exists()


def test_check_says_which_film_to_draw_until_it_is_drawn(folder: Path) -> None:
    found = [str(problem) for problem in check.look_at(folder) if problem.severity == "problem"]
    file = folder / "exercises/nod/exercise.toml"
    missing = "The film or its poster is missing. Fix: run `python -m bot draw nod`."
    assert found == [f"{file}:1: {missing}"]
    run(folder)
    assert [problem for problem in check.look_at(folder) if problem.severity == "problem"] == []
