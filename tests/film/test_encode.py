"""Pictures are packed by ffmpeg; what it lacks or refuses is said in one line."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.film.encode import DrawingError, Studio, resvg
from tests.film.studio import studio


def calls(folder: Path) -> list[str]:
    return (folder / "calls").read_text("utf-8").splitlines()


def test_a_film_is_silent_h264_that_plays_while_it_loads(tmp_path: Path) -> None:
    studio(tmp_path).film(["a", "b"], 20, tmp_path / "move.mp4")
    told = calls(tmp_path)[0]
    assert all(word in told for word in ("libx264", "yuv420p", "-an", "+faststart"))


def test_a_picture_that_stays_is_stored_once_and_the_times_add_up(tmp_path: Path) -> None:
    studio(tmp_path).film(["a", "b", "b", "b", "c"], 20, tmp_path / "move.mp4")
    rows = (tmp_path / "list").read_text("utf-8").split("\n")
    assert [row for row in rows if row.startswith("file")] == [f"file {n}.png" for n in range(4)]
    seconds = [float(row.split()[1]) for row in rows if row.startswith("duration")]
    assert seconds[:2] == [0.05, 0.15]
    assert sum(seconds) == pytest.approx(5 / 20, abs=1e-5)


def test_a_film_that_is_too_large_is_packed_more_tightly(tmp_path: Path) -> None:
    studio(tmp_path).film(["a"], 20, tmp_path / "move.mp4")
    assert ["-crf 25" in call for call in calls(tmp_path)] == [True, False]
    assert (tmp_path / "move.mp4").stat().st_size == 100


def test_a_film_that_stays_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match="is larger than 58500 bytes"):
        studio(tmp_path).film(["a"], 20, tmp_path / "huge.mp4")


def test_a_still_has_a_palette(tmp_path: Path) -> None:
    studio(tmp_path).still("a", tmp_path / "poster.png")
    assert "palettegen=max_colors=64" in calls(tmp_path)[0]
    assert (tmp_path / "piped").read_bytes() == b"a"


def test_a_sheet_has_its_pictures_in_columns_and_rows(tmp_path: Path) -> None:
    studio(tmp_path).sheet(["a", "b", "c"], (2, 2), 200, tmp_path / "sheet.png")
    assert "tile=2x2" in calls(tmp_path)[0]
    assert (tmp_path / "piped").read_bytes() == b"abc"


def test_without_ffmpeg_it_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match="apt install ffmpeg"):
        Studio(str.encode, str(tmp_path / "none")).still("a", tmp_path / "poster.png")


def test_what_ffmpeg_refuses_is_told_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match="ffmpeg failed: no such codec"):
        studio(tmp_path).still("a", tmp_path / "refuse.png")


def test_without_resvg_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(DrawingError, match=r"requirements/draw\.txt"):
        resvg()


def test_resvg_draws_a_picture_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = SimpleNamespace(svg_to_bytes=lambda svg_string: list(svg_string.encode()))
    monkeypatch.setitem(sys.modules, "resvg_py", drawer)
    assert resvg()("<svg/>") == b"<svg/>"
