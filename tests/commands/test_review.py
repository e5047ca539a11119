"""``python -m bot review`` writes who has read what, and nothing else of a file."""

import resource
from datetime import date
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.catalog.folder import examine, load
from bot.commands.review import review
from bot.errors import BotError
from tests.catalog.moving import add_exercises
from tests.catalog.small import edit, write

TODAY = date(2026, 11, 26)
HEAT = "faq/heat/entry.toml"
BEFORE = """# for the physiotherapist
status = "draft"  # since May
topic = "basics"  # the shelf
articles = [1]
sources = ["G1"]

help = "H-BACK"
related = ["rest"]
version = 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return add_exercises(write(tmp_path / "content"))


def refusal(folder: Path, names: list[str], by: str = "N. N.", on: str = "2026-11-20") -> str:
    before = {file: file.read_bytes() for file in folder.rglob("*.toml")}
    with pytest.raises(BotError) as caught:
        review(folder, names, by, on, TODAY)
    assert {file: file.read_bytes() for file in folder.rglob("*.toml")} == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_review_changes_its_own_lines_and_keeps_comments_and_order(folder: Path) -> None:
    (folder / HEAT).write_text(BEFORE, "utf-8")
    review(folder, ["heat"], 'N. "Nan" N.', "2026-11-20", TODAY)

    rows = (folder / HEAT).read_text("utf-8").split("\n")
    assert rows[1:4] == [
        'status = "reviewed"  # since May',
        r'reviewer = "N. \"Nan\" N."',
        "reviewed = 2026-11-20",
    ]
    assert rows[4].startswith('reviewed_text = "')
    assert [*rows[:1], *rows[5:]] == [BEFORE.split("\n", maxsplit=1)[0], *BEFORE.split("\n")[2:]]


def test_keys_of_a_table_further_down_are_not_those_of_the_review(folder: Path) -> None:
    file = folder / "exercises/nod/exercise.toml"
    before = file.read_text("utf-8") + '\n[film]\nstatus = "cut"\n'
    file.write_text(before, "utf-8")
    review(folder, ["nod"], "N. N.", "2026-11-20", TODAY)

    assert file.read_text("utf-8").endswith('\n[film]\nstatus = "cut"\n')
    assert 'status = "reviewed"\nreviewer = "N. N."' in file.read_text("utf-8")


def test_a_second_review_takes_the_place_of_the_first(folder: Path) -> None:
    review(folder, ["heat"], "N. N.", "2025-01-02", TODAY)
    once = (folder / HEAT).read_text("utf-8")
    review(folder, ["heat"], "M. M.", "2026-11-20", TODAY)

    twice = (folder / HEAT).read_text("utf-8")
    assert twice == once.replace("N. N.", "M. M.").replace("2025-01-02", "2026-11-20")


def test_lines_of_windows_and_a_byte_order_mark_stay(folder: Path) -> None:
    raw = b"\xef\xbb\xbf" + BEFORE.replace("\n", "\r\n").encode()
    (folder / HEAT).write_bytes(raw)
    review(folder, ["heat"], "N. N.", "2026-11-20", TODAY)

    after = (folder / HEAT).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf# for")
    assert after.count(b"\n") == after.count(b"\r\n") == raw.count(b"\n") + 3
    assert load(folder).entries["heat"].reviewer == "N. N."


def test_several_answers_and_exercises_are_recorded_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(folder, ["heat", "march", "heat"], " N. N. ", "2026-11-20", TODAY) == 0

    assert capsys.readouterr().out.splitlines() == [
        f"{folder}/faq/heat/entry.toml: reviewed by N. N., 2026-11-20.",
        f"{folder}/exercises/march/exercise.toml: reviewed by N. N., 2026-11-20.",
    ]
    assert not [str(one) for one in examine(folder) if "heat" in one.file or "march" in one.file]


@pytest.mark.parametrize(
    ("names", "by", "on", "said"),
    [
        (["gone"], "N. N.", "2026-11-20", "There is no answer and no exercise 'gone'"),
        (["heat", "gone"], "N. N.", "2026-11-20", "There is no answer and no exercise 'gone'"),
        (["rest"], "N. N.", "2026-11-20", "rest is planned: there is nothing to review."),
        (["heat"], "  ", "2026-11-20", "--by is not a name."),
        (["heat"], "N.\nN.", "2026-11-20", "--by is not a name."),
        (["heat"], "N" * 81, "2026-11-20", "--by is not a name."),
        (["heat"], "N. N.", "2026-11-27", "--on 2026-11-27 is still to come."),
        (["heat"], "N. N.", "yesterday", "--on 'yesterday' is not a day."),
    ],
)
def test_what_cannot_be_reviewed_is_refused_in_one_line_and_nothing_is_written(
    folder: Path, names: list[str], by: str, on: str, said: str
) -> None:
    assert said in refusal(folder, names, by, on)


@pytest.mark.parametrize("name", ["faq/heat/en.md", "exercises/march/ru.md"])
def test_a_text_that_cannot_be_shown_cannot_have_been_read(folder: Path, name: str) -> None:
    (folder / name).write_text("no head", "utf-8")

    assert f"{folder / name}:1: The head is missing." in refusal(folder, [Path(name).parent.name])


@pytest.mark.parametrize(
    "written",
    [
        '"status" = "draft"',
        'status = "draft"\nnote = """\nstatus = "draft"\n"""',
        "status = 'draft' version = 1",
        "",
    ],
)
def test_a_file_whose_status_has_no_plain_line_is_left_to_its_author(
    folder: Path, written: str
) -> None:
    edit(folder / HEAT, 'status = "draft"', written)

    assert "heat/entry.toml:1: the review cannot be written" in refusal(folder, ["heat"]) or (
        "There is no answer" in refusal(folder, ["heat"])
    )


def test_a_disk_without_room_is_a_line_and_leaves_the_file_as_it_was(folder: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        said = refusal(folder, ["heat"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert f"{folder / HEAT}: cannot be written (File too large)." in said
    assert sorted(file.name for file in (folder / HEAT).parent.iterdir()) == [
        *("en.md", "entry.toml", "ru.md"),
    ]


def test_the_command_line_takes_the_folder_of_the_settings(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_CONTENT_DIR", str(folder))

    assert main(["review", "heat", "--by", "N. N.", "--on", "2026-01-02"]) == 0
    assert main(["review", "heat", "--by", "N. N.", "--on", "9999-01-02"]) == 78
    assert load(folder).entries["heat"].reviewed == "2026-01-02"


def test_a_word_changed_after_the_review_makes_a_draft_again(folder: Path) -> None:
    review(folder, ["heat"], "N. N.", "2026-11-20", TODAY)
    edit(folder / "faq/heat/ru.md", "Use", "Never use")

    heat = load(folder).entries["heat"]
    assert (heat.status, heat.reviewer, heat.reviewed) == ("draft", "", "")
    (said,) = [str(one) for one in examine(folder) if "heat" in one.file]
    assert said == (
        f"{folder}/{HEAT}:10: warning: It has changed since N. N. reviewed it on 2026-11-20;"
        " it is shown as a draft."
    )


def test_a_changed_dose_makes_an_exercise_a_draft_again(folder: Path) -> None:
    review(folder, ["nod"], "N. N.", "2026-11-20", TODAY)
    edit(folder / "exercises/nod/exercise.toml", "hold = 0.5", "hold = 1")

    assert any("nod" in one.file and "has changed" in one.text for one in examine(folder))


def test_search_words_may_change_after_the_review(folder: Path) -> None:
    review(folder, ["heat"], "N. N.", "2026-11-20", TODAY)
    edit(folder / "faq/heat/en.md", '"two words"', '"two words", "three"')

    assert load(folder).entries["heat"].status == "reviewed"
