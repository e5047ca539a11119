"""``python -m bot teach`` makes the weights that the screening then uses."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.catalog.learned import NAME, load_weights
from bot.catalog.screening import load_screener
from bot.catalog.voices import digest, read_voices
from tests.catalog.small import edit, write

ACUTE = ("my chest hurts", "chest pressure now", "it squeezes in my chest", "my chest aches")
BENIGN = ("the chest of drawers is heavy", "a chest full of toys", "drawers and toys", "heavy toys")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small content folder in which chest alone is a weak sign; the command works on it."""
    folder = write(tmp_path / "content")
    edit(folder / "triage/en.toml", 'strength = "strong", near = ["chest", "pain"]', 'strength = "weak", near = ["chest"]')  # fmt: skip
    monkeypatch.setenv("BOT_CONTENT_DIR", str(folder))
    return folder


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    """Labelled messages about chests of two kinds."""
    voices = tmp_path / "voices"
    voices.mkdir()
    (voices / "voices.toml").write_text(
        '[calm]\nrole = "teaches"\nabout = "calm"\n[loud]\nrole = "tests"\nabout = "loud"\n',
        "utf-8",
    )
    rows = [f"acute\tchest\t{text}\n" for text in ACUTE] * 2
    rows += [f"benign\tnear\t{text}\n" for text in BENIGN] * 2
    rows += ["negated\tchest\tno wobbling in my chest\n"] * 9
    (voices / "en-calm.tsv").write_text("".join(rows), "utf-8")
    (voices / "thesaurus-en.toml").write_text('FEELS = ["hurts", "ache", "squeeze"]\n', "utf-8")
    return voices


def test_what_is_taught_tells_one_kind_of_chest_from_the_other(
    folder: Path, voices: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load_screener(folder / "triage").screen(BENIGN[0]).referral
    assert main(["teach", str(voices)]) == 0
    assert capsys.readouterr().out == f"{folder / 'triage' / NAME}: taught by 25 messages.\n"

    taught = load_screener(folder / "triage")
    assert all(taught.screen(text).referral for text in ACUTE)
    assert not any(taught.screen(text).referral for text in BENIGN)


def test_a_content_folder_with_what_was_taught_passes_the_check(
    folder: Path, voices: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in ("en", "ru"):
        edit(folder / f"triage/{language}.toml", '["open the chest"]', '["a chest full of toys"]')
        edit(folder / f"triage/{language}.toml", '["chest pain"]', '["chest pressure now"]')
    edit(folder / "triage/ru.toml", '"strong"', '"weak"')
    edit(folder / "triage/ru.toml", '"pain"', '"pressure"')
    assert main(["check", str(folder)]) == 1
    assert main(["teach", str(voices)]) == 0
    capsys.readouterr()

    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out.endswith("0 problems, 2 warnings.\n")


def test_the_same_messages_give_the_same_file_byte_for_byte(folder: Path, voices: Path) -> None:
    main(["teach", str(voices)])
    first = (folder / "triage" / NAME).read_bytes()
    main(["teach", str(voices)])

    assert (folder / "triage" / NAME).read_bytes() == first
    assert digest(voices, read_voices(voices)).encode() in first


def test_words_of_the_category_come_from_acute_messages_alone_and_not_from_rare_ones(
    folder: Path, voices: Path
) -> None:
    main(["teach", str(voices)])
    weights = load_weights(folder / "triage")

    assert weights is not None
    assert weights.kinds == {"chest": {"chest": 8}, "my": {"chest": 6}}


def test_messages_that_deny_their_sign_teach_nothing(folder: Path, voices: Path) -> None:
    main(["teach", str(voices)])
    first = load_weights(folder / "triage")
    edit(voices / "en-calm.tsv", "wobbling", "squeezing, hurting or pressure")
    main(["teach", str(voices)])

    assert load_weights(folder / "triage") == first


@pytest.mark.parametrize(
    ("edited", "told"),
    [
        (("voices.toml", '"teaches"', '"learns"'), "voices.toml:2: 'learns' is no role."),
        (("voices.toml", '"teaches"', '"tests"'), "voices.toml: no voice teaches."),
        (("en-calm.tsv", "acute\t", "acute "), "en-calm.tsv:1: This is not a label"),
        (("thesaurus-en.toml", "[", ""), "thesaurus-en.toml:1: This is not TOML"),
    ],
)
def test_a_mistake_among_the_messages_is_one_line_and_writes_nothing(
    folder: Path,
    voices: Path,
    capsys: pytest.CaptureFixture[str],
    edited: tuple[str, str, str],
    told: str,
) -> None:
    file, old, new = edited
    edit(voices / file, old, new)

    assert main(["teach", str(voices)]) == 78
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert told in said
    assert not (folder / "triage" / NAME).exists()


def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    folder: Path, voices: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "triage" / NAME).mkdir()

    assert main(["teach", str(voices)]) == 78
    assert "cannot be written" in capsys.readouterr().err
