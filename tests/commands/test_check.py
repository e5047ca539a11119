"""``python -m bot check`` prints a line for each finding and says it by its exit status, too."""

import argparse
import io
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.commands import check
from tests.catalog.small import edit, review, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "content")


def run(*arguments: str, content: Path = Path("nowhere")) -> int:
    parser = argparse.ArgumentParser()
    parser.set_defaults(content=content)
    check.add(parser.add_subparsers())
    args = parser.parse_args(["check", *arguments])
    status: int = args.run(args)
    return status


def test_warnings_alone_pass_and_are_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(folder)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{folder}/faq/heat/entry.toml:7: warning: No clinician")
    assert lines[-1] == "0 problems, 2 warnings."


def test_with_strict_a_warning_fails(folder: Path) -> None:
    assert run(str(folder), "--strict") == 1


def test_with_strict_a_folder_without_warnings_passes(folder: Path) -> None:
    edit(folder / "faq/rest/entry.toml", 'status = "planned"', 'status = "draft"')
    for language in ("en", "ru"):
        with (folder / f"faq/rest/{language}.md").open("a", encoding="utf-8") as page:
            page.write("Move.\n")
    review(folder, "heat", "rest", on=SystemClock().now().date())
    assert run(str(folder), "--strict") == 0


def test_a_problem_fails_and_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder / "faq/heat/entry.toml", "version = 1", "version = 0")
    assert run(str(folder)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        f"{folder}/faq/heat/entry.toml:6: 'version' is not a number from 1 on. Fix: write 1."
        in lines
    )
    assert lines[-1] == "1 problem, 2 warnings."


def test_without_a_folder_the_content_of_the_settings_is_checked(folder: Path) -> None:
    assert run(content=folder) == 0
    assert run(content=folder / "none") == 1


def test_a_message_that_would_not_fit_is_a_problem(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # an emoji counts twice in Telegram, so half as many characters are too many
    edit(folder / "faq/heat/ru.md", "Use **warmth**.", "😀" * 1750)
    assert run(str(folder)) == 1
    assert f"{folder}/faq/heat/ru.md:1: The message has 35" in capsys.readouterr().out


def test_a_message_is_counted_with_its_help_ending(folder: Path) -> None:
    edit(folder / "faq/heat/en.md", "Use **warmth**.", "x" * 2000)
    assert run(str(folder)) == 0
    edit(folder / "texts/help-back/en.md", "Ask a doctor.", "x" * 1500)
    assert run(str(folder)) == 1


def test_a_standard_text_that_would_not_fit_is_a_problem(folder: Path) -> None:
    edit(folder / "texts/referral/en.md", "Call", "x" * 3500)
    assert run(str(folder)) == 1


def test_an_example_that_should_fire_and_does_not_is_a_problem(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder / "triage/en.toml", 'fires = ["chest pain"]', 'fires = ["all is well"]')
    assert run(str(folder)) == 1
    line = f"{folder}/triage/en.toml:6: Rule 'chest.pain': the example 'all is well' should fire it"
    assert line in capsys.readouterr().out


def test_an_example_that_should_stay_silent_and_does_not_is_a_problem(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder / "triage/en.toml", "open the chest", "pain in the chest")
    assert run(str(folder)) == 1
    assert "should stay silent, but does not" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_strong_rule_that_holds_on_a_silent_example_of_any_rule_is_a_problem_at_its_own_line(
    folder: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    chest = '{ id = "chest.heavy", strength = "weak", near = ["heavy"], fires = ["heavy"], silent = ["chest pain"] },'
    edit(folder / f"triage/{language}.toml", "chest = [\n", f"chest = [\n    {chest}\n")
    edit(folder / "triage/en.toml", "chest.pain", "chest.ache")
    at = 7 if language == "en" else 6

    assert run(str(folder)) == 1
    told = (
        f"{folder}/triage/en.toml:{at}: The strong rule 'chest.ache' holds on 'chest pain', which"
    )
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith(told)] == [
        f"{told} must stay silent. Fix: make it weak, or add to its `unless`."
    ]


def test_a_weak_rule_that_holds_on_a_silent_example_is_not_called_too_strong(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in ("en", "ru"):
        edit(folder / f"triage/{language}.toml", '"strong"', '"weak"')
    edit(folder / "triage/en.toml", "open the chest", "pain in the chest")
    assert run(str(folder)) == 1
    assert "The strong rule" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("emptied", "lacks"),
    [
        (("chest pain",), "'fires'"),
        (("open the chest",), "'silent'"),
        (("chest pain", "open the chest"), "'fires' or 'silent'"),
    ],
)
def test_a_rule_without_an_example_of_either_kind_is_one_warning_at_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str], emptied: tuple[str, ...], lacks: str
) -> None:
    for example in emptied:
        edit(folder / "triage/ru.toml", f'["{example}"]', "[]")
    assert run(str(folder)) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if "no example" in line] == [
        f"{folder}/triage/ru.toml:6: warning: Rule 'chest.pain' has no example in {lacks}."
    ]


def test_a_terminal_that_lacks_a_letter_gets_an_escape(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    edit(folder / "menu.toml", '"rest", "heat"', '"rest", "heat", "тепло"')
    assert run(str(folder)) == 1
    assert b"\\u0442" in raw.getvalue()
