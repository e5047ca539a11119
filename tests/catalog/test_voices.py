"""Labelled messages and the thesaurus: read as they are, each mistake with file and line."""

from pathlib import Path

import pytest

from bot.catalog.voices import (
    LABELS,
    ROLES,
    Message,
    Voice,
    digest,
    read_messages,
    read_thesaurus,
    read_voices,
)
from bot.errors import ContentError
from tests.catalog.small import edit
from tests.conftest import ROOT
from tests.core.triage.made_up import stem

VOICES = """# Who writes.
[calm]
role = "teaches"
about = "calm people"

[loud]
role = "tests"
tested = 2026-01-02
about = "loud people"
"""
SHIPPED = ROOT / "tests" / "data" / "voices"


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    """A folder of two voices, one of them in two languages, and a thesaurus."""
    (tmp_path / "voices.toml").write_text(VOICES, "utf-8")
    (tmp_path / "en-calm.tsv").write_text(
        "acute\tstroke\tmy face hangs\nbenign\tnear\tit hangs there\n", "utf-8"
    )
    (tmp_path / "ru-calm.tsv").write_text("negated\tstroke\tлицо не висит\n", "utf-8")
    (tmp_path / "en-loud.tsv").write_text("benign\tordinary\tHELLO\n", "utf-8")
    (tmp_path / "thesaurus-en.toml").write_text(
        'LEG = ["leg", "legs", "=Shin", "lower leg"]\n'
        'CANNOT = ["cannot", "can not do it", "numb*", "leg", "...", "="]\n',
        "utf-8",
    )
    (tmp_path / "thesaurus-ru.toml").write_text('LEG = ["нога"]\n', "utf-8")
    return tmp_path


def refusal(folder: Path, voice: str = "calm") -> str:
    """Return what is said of a folder that cannot be used."""
    with pytest.raises(ContentError) as error:
        read_voices(folder), list(read_messages(folder, voice)), read_thesaurus(folder, stem)
    assert error.value.fix
    return error.value.problem


def test_voices_are_read_in_the_order_of_their_file(voices: Path) -> None:
    assert [*read_voices(voices).items()] == [
        ("calm", Voice("calm", "teaches", "", "calm people")),
        ("loud", Voice("loud", "tests", "2026-01-02", "loud people")),
    ]


def test_messages_of_a_voice_are_read_language_by_language(voices: Path) -> None:
    assert [*read_messages(voices, "calm")] == [
        Message("calm", "en", "acute", "stroke", "my face hangs"),
        Message("calm", "en", "benign", "near", "it hangs there"),
        Message("calm", "ru", "negated", "stroke", "лицо не висит"),
    ]


def test_a_line_break_that_only_unicode_knows_breaks_no_message(voices: Path) -> None:
    (voices / "en-loud.tsv").write_text("benign\tordinary\tone\u2028two\x0cthree\n", "utf-8")

    assert [one.text for one in read_messages(voices, "loud")] == ["one\u2028two\x0cthree"]


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ("[calm]", "[calm", 2, "not TOML"),
        ("[calm]", "calm = 1\n[other]", 2, "'calm' is not a table"),
        ('role = "teaches"\n', "", 2, "'role' is missing"),
        ('role = "teaches"', "role = 1", 3, "'role' is not a text"),
        ('role = "teaches"', "role = []", 3, "'role' is not a text"),
        ('role = "teaches"', 'role = "learns"', 3, "'learns' is no role"),
        ('about = "calm people"\n', "", 2, "'about' is missing"),
        ("tested = 2026-01-02", 'tested = "now"', 8, "'tested' is not a date"),
    ],
)
def test_a_mistake_among_the_voices_is_told_with_its_line(
    voices: Path, old: str, new: str, line: int, text: str
) -> None:
    edit(voices / "voices.toml", old, new)
    problem = refusal(voices)

    assert problem.startswith(f"{voices / 'voices.toml'}:{line}: ")
    assert text in problem


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("benign\tnear", "benign near"),
        ("benign\tnear", "benign\tnear\tmore"),
        ("benign\tnear", "harmless\tnear"),
        ("benign\tnear", "benign\t"),
        ("it hangs there", ""),
        ("benign\tnear\tit hangs there", ""),
    ],
)
def test_a_line_that_is_no_message_is_told_with_its_number_and_the_labels(
    voices: Path, old: str, new: str
) -> None:
    edit(voices / "en-calm.tsv", old, new)
    with pytest.raises(ContentError) as error:
        list(read_messages(voices, "calm"))

    assert error.value.problem.startswith(f"{voices / 'en-calm.tsv'}:2: ")
    assert "acute, benign, negated" in error.value.fix


def test_an_empty_file_of_messages_is_told_at_its_first_line(voices: Path) -> None:
    (voices / "en-calm.tsv").write_bytes(b"")

    assert refusal(voices).startswith(f"{voices / 'en-calm.tsv'}:1: ")


def test_messages_that_are_not_utf8_are_told_with_their_line(voices: Path) -> None:
    (voices / "en-calm.tsv").write_bytes(b"acute\tstroke\tfine\nacute\tstroke\t\xff\n")

    assert refusal(voices) == f"{voices / 'en-calm.tsv'}:2: The file is not UTF-8."


def test_a_voice_without_a_file_is_told_by_its_name(voices: Path) -> None:
    assert refusal(voices, "silent") == f"{voices}: voice silent has no file."


def test_a_folder_without_the_list_of_voices_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path / 'voices.toml'}:1: The file is missing."


def test_the_thesaurus_counts_its_classes_through_all_languages(voices: Path) -> None:
    thesaurus = read_thesaurus(voices, stem)

    assert thesaurus.size == 3
    assert thesaurus.classes == {
        "leg": (0, 1),
        "=shin": (0,),
        "lower leg": (0,),
        "cannot": (1,),
        "нога": (2,),
    }


def test_without_a_thesaurus_there_are_no_classes(tmp_path: Path) -> None:
    assert read_thesaurus(tmp_path, stem).size == 0


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("LEG = [", "LEG = ", 1),
        ('LEG = ["leg", "legs", "=Shin", "lower leg"]', 'LEG = "leg"', 1),
        ('"cannot"', "7", 2),
        ("CANNOT = [", "[CANNOT]\nx = [", 2),
    ],
)
def test_a_mistake_in_the_thesaurus_is_told_with_its_line(
    voices: Path, old: str, new: str, line: int
) -> None:
    edit(voices / "thesaurus-en.toml", old, new)

    assert refusal(voices).startswith(f"{voices / 'thesaurus-en.toml'}:{line}: ")


def test_the_digest_changes_with_all_that_teaches_and_with_nothing_else(voices: Path) -> None:
    def now() -> str:
        return digest(voices, read_voices(voices))

    first = now()
    edit(voices / "en-loud.tsv", "HELLO", "BYE")
    edit(voices / "voices.toml", "loud people", "very loud people")
    assert now() == first

    edit(voices / "ru-calm.tsv", "висит", "косит")
    second = now()
    edit(voices / "thesaurus-en.toml", "=Shin", "=Calf")
    third = now()
    edit(voices / "voices.toml", '"tests"', '"teaches"')
    assert len({first, second, third, now()}) == 4


def test_the_digest_is_the_same_whatever_the_order_of_the_voices(voices: Path) -> None:
    edit(voices / "voices.toml", '"tests"', '"teaches"')
    found = read_voices(voices)

    assert digest(voices, found) == digest(voices, dict(reversed([*found.items()])))


def test_every_voice_that_ships_has_labelled_messages_and_a_role() -> None:
    for name, voice in read_voices(SHIPPED).items():
        messages = [*read_messages(SHIPPED, name)]

        assert {one.language for one in messages} <= {"en", "ru"}
        assert {one.label for one in messages} <= LABELS
        assert voice.role in ROLES


def test_every_file_of_messages_that_ships_belongs_to_a_voice() -> None:
    named = {file.stem.partition("-")[2] for file in SHIPPED.glob("*.tsv")}

    assert named == set(read_voices(SHIPPED))
