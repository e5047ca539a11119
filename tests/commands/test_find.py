"""``python -m bot find``: a question per line in, the best answers per line out, as JSON."""

import argparse
import io
import json
import os
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.commands import find
from bot.errors import ContentError
from tests.conftest import ROOT


class Command:
    """Runs the command in this process, with what it is given on standard input."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], content: Path
    ) -> None:
        self._monkeypatch, self._capsys, self._content = monkeypatch, capsys, content

    def status(self, given: bytes, *options: str) -> int:
        parser = argparse.ArgumentParser()
        parser.set_defaults(content=self._content)
        find.add(parser.add_subparsers())
        args = parser.parse_args(["find", *options])
        given_text = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
        self._monkeypatch.setattr(sys, "stdin", given_text)
        status: int = args.run(args)
        return status

    def answers(self, given: str | bytes, *options: str) -> list[dict[str, Any]]:
        """Return what was said, a line each."""
        raw = given.encode() if isinstance(given, str) else given
        assert self.status(raw, *options) == 0
        return [json.loads(line) for line in self._capsys.readouterr().out.splitlines()]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys, ROOT / "content")


def test_each_question_gets_its_answers_in_order(command: Command) -> None:
    heat, none, neck = command.answers("heat or ice\r\napple cake\nзатекла шея")
    assert heat["entries"][0] == "heat-or-cold"
    assert none == {"entries": [], "referral": False}
    assert neck["entries"][0] == "stiff-neck"
    assert heat["referral"] is neck["referral"] is False


@pytest.mark.parametrize(
    "text", ["both my legs are numb and my back hurts", "не чувствую ног, спина болит"]
)
def test_an_acute_text_is_a_referral_whatever_is_found(command: Command, text: str) -> None:
    (said,) = command.answers(text)
    assert said["referral"] is True


@pytest.mark.parametrize("language", ["en", "ru"])
def test_both_languages_are_understood_whichever_is_named(command: Command, language: str) -> None:
    english, russian = command.answers("pillow\nподушка\n", "--lang", language)
    assert english["entries"][0] == russian["entries"][0] == "sleep-and-mattress"


def test_explain_says_which_words_led_to_each_answer_and_whether_it_is_sure(
    command: Command,
) -> None:
    sure, unsure, none = command.answers("heat or ice\npillow\ncake\n", "--explain")
    assert sure["strong"] is True
    assert sure["words"]["heat-or-cold"][:2] == ["heat", "ice"]
    assert unsure["strong"] is False
    assert list(unsure["words"]) == unsure["entries"]
    assert none == {"entries": [], "referral": False, "strong": False, "words": {}}


def test_empty_lines_and_broken_bytes_get_an_answer_too(command: Command) -> None:
    said = command.answers(b"\n\xff\xfe\x00\nheat or \xff ice\n" + b"a" * 100_000)
    assert [one["entries"][:1] for one in said] == [[], [], ["heat-or-cold"], []]


def test_no_question_has_no_answer(command: Command) -> None:
    assert command.answers("") == []


def test_an_unknown_language_ends_in_one_clear_line(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.status(b"pillow\n", "--lang", "xx") == 2
    out, errors = capsys.readouterr()
    assert out == ""
    assert errors == "There is no language 'xx'. Fix: use one of en, ru.\n"


def test_content_that_cannot_be_read_is_told_before_any_question_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(ContentError):
        Command(monkeypatch, capsys, tmp_path).status(b"pillow\n")


def start(*options: str) -> "subprocess.Popen[bytes]":
    ours = ("BOT_", "PYTHONUNBUFFERED")
    own = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "find", *options],
        cwd=ROOT,
        env=own,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_an_answer_is_out_before_the_next_question_is_written() -> None:
    with start("--lang", "ru") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("тепло или холод\n".encode())
        process.stdin.flush()

        assert select.select([process.stdout], [], [], 30)[0]
        assert json.loads(process.stdout.readline())["entries"][0] == "heat-or-cold"
        process.stdin.close()


def test_an_unknown_language_is_one_line_for_whoever_starts_it_without_a_traceback() -> None:
    with start("--lang", "../x") as process:
        out, errors = process.communicate(b"pillow\n")

    assert process.returncode == 2
    assert out == b""
    assert errors.decode().splitlines() == ["There is no language '../x'. Fix: use one of en, ru."]


def test_a_reader_that_goes_away_ends_the_command_with_status_1_and_no_traceback() -> None:
    with start() as process:
        assert process.stdout is not None
        process.stdout.close()
        _, errors = process.communicate(b"one\ntwo\n")

    assert errors == b""
    assert process.returncode == 1
