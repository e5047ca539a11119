import argparse
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.catalog.learned import save_weights
from bot.catalog.screening import load_screener
from bot.commands import triage
from bot.errors import ContentError
from tests.catalog.small import edit, write
from tests.core.triage.made_up import weights

ROOT = Path(__file__).parents[2]
MAIN = f"""
import argparse, pathlib, sys
from bot.commands import triage
content = pathlib.Path({str(ROOT / "content")!r})
sys.exit(triage.run(argparse.Namespace(content=content, explain=False)))
"""


def answers(
    given: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *options: str
) -> list[dict[str, object]]:
    parser = argparse.ArgumentParser()
    parser.set_defaults(content=ROOT / "content")
    triage.add(parser.add_subparsers())
    args = parser.parse_args(["triage", *options])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
    assert args.run(args) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_line_gets_its_verdict_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = answers("Berlin\r\nхочу умереть\n38.9 and shivering".encode(), monkeypatch, capsys)

    assert said[0] == {"referral": False, "urgency": "none", "categories": []}
    assert said[1] == {"referral": True, "urgency": "emergency", "categories": ["self_harm"]}
    assert said[2] == {"referral": True, "urgency": "prompt", "categories": ["infection"]}


def test_an_empty_line_and_broken_bytes_get_a_verdict_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = answers(b"\n\xff\xfe\x00\nlegs numb \xff both of them\n", monkeypatch, capsys)

    assert [item["referral"] for item in said] == [False, False, True]


def test_explain_says_which_words_fired_which_rule(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (said,) = answers(b"please call an ambulance\n", monkeypatch, capsys, "--explain")

    assert said["language"] == "en"
    assert "ambulance" in json.dumps(said["evidence"])


@pytest.mark.parametrize(
    ("text", "bias", "referral", "evidence"),
    [
        ("chest pain", 0, True, [{"rule": "chest.pain", "words": ["chest", "pain"], "denied": False}]),
        ("chest pain", -2, False, [{"rule": "chest.pain", "words": ["chest", "pain"], "denied": False}]),
        ("so heavy", -2, True, [{"rule": "learned", "words": ["heavy"], "denied": False}]),
        ("all is well", -2, False, []),
    ],
)  # fmt: skip
def test_explain_says_the_score_and_what_was_held_back_and_which_words_told(
    tmp_path: Path, text: str, bias: float, referral: bool, evidence: list[dict[str, object]]
) -> None:
    folder = write(tmp_path / "content") / "triage"
    edit(folder / "en.toml", '"strong"', '"weak"')
    edit(folder / "ru.toml", '"chest", "pain"', '"грудь", "боль"')
    save_weights(folder, weights({"heavy": 30}, bias=bias), "")
    out = io.StringIO()
    triage.answer(load_screener(folder), [text], out, explain=True)
    said = json.loads(out.getvalue())

    assert (said["referral"], said["evidence"]) == (referral, evidence)
    assert said["score"] >= 1 if "heavy" in text else said["score"] == bias


def test_explain_without_a_learned_part_has_no_score(tmp_path: Path) -> None:
    out = io.StringIO()
    folder = write(tmp_path / "content") / "triage"
    triage.answer(load_screener(folder), ["chest pain"], out, explain=True)

    assert json.loads(out.getvalue())["score"] is None


def test_a_folder_without_lexicons_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        triage.run(argparse.Namespace(content=tmp_path, explain=False))


def test_a_verdict_is_out_before_the_next_line_is_written() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", MAIN], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"I fainted\n")
        process.stdin.flush()

        assert json.loads(process.stdout.readline())["referral"] is True
        process.stdin.close()


def test_a_reader_that_goes_away_ends_the_command_with_status_1_and_no_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", MAIN],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, errors = process.communicate(b"one\ntwo\n")

    assert errors == b""
    assert process.returncode == 1
