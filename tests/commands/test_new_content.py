"""``python -m bot new-content`` writes a folder that passes the check, and never over another."""

from pathlib import Path

import pytest

from bot.__main__ import main


def test_the_example_passes_the_check_and_its_answers_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plants = tmp_path / "plants"
    assert main(["new-content", str(plants)]) == 0
    assert f"BOT_CONTENT_DIR={plants} make demo" in capsys.readouterr().out

    assert main(["check", str(plants)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all("No clinician has reviewed" in line for line in lines[:-1])
    assert lines[-1] == "0 problems, 6 warnings."


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert main(["new-content", str(tmp_path)]) == 0
    assert (tmp_path / "menu.toml").exists()


@pytest.mark.parametrize("name", ["full", "full/file", "full/file/below", "x" * 300, "nul\0"])
def test_what_is_there_already_or_cannot_be_is_refused_in_one_line(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine", "utf-8")

    assert main(["new-content", str(tmp_path / name)]) == 78
    assert capsys.readouterr().err.count("\n") == 1
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["file"]
    assert (tmp_path / "full" / "file").read_text("utf-8") == "mine"
