"""learned.json: what was learned comes back as it was, and a broken file says what to do."""

import json
import shutil
import zlib
from base64 import b64encode
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest

from bot.catalog.learned import NAME, load_weights, save_weights
from bot.catalog.screening import load_screener
from bot.catalog.voices import digest, read_voices
from bot.core.triage.learned import Weights
from bot.errors import ContentError
from tests.catalog.small import edit
from tests.conftest import ROOT
from tests.core.triage.made_up import weights

LEARNED = weights(
    {"numb": 100, "walk": -127},
    bias=-0.25,
    classes={"leg": (0, 1), "нога": (0, 1), "=legs": (1,)},
    kinds={"numb": {"limb_weakness": 7, "stroke": 2}, "жить": {"self_harm": 3}},
)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder with weights that can be used."""
    save_weights(tmp_path, LEARNED, "a digest")
    return tmp_path


def told(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / NAME).read_text("utf-8"))
    return read


def packed(data: bytes) -> str:
    return b64encode(zlib.compress(data)).decode()


def refusal(folder: Path) -> ContentError:
    with pytest.raises(ContentError) as error:
        load_weights(folder)
    assert error.value.problem.startswith(f"{folder / NAME}: ")
    assert "\n" not in str(error.value)
    return error.value


def test_what_was_learned_comes_back_as_it_was(saved: Path) -> None:
    assert load_weights(saved) == LEARNED


def test_the_file_says_what_made_it_and_what_it_was_taught_with(saved: Path) -> None:
    assert "python -m bot teach" in told(saved)["about"]
    assert told(saved)["taught_with"] == "a digest"


def test_words_of_the_same_classes_share_one_tuple_in_memory(saved: Path) -> None:
    found = load_weights(saved)

    assert found is not None
    assert found.thesaurus.classes["leg"] is found.thesaurus.classes["нога"]


def test_a_folder_without_the_file_has_no_learned_part(tmp_path: Path) -> None:
    assert load_weights(tmp_path) is None


def test_a_screener_of_a_folder_has_a_learned_part_only_with_the_file(folder: Path) -> None:
    for language in ("en", "ru"):
        edit(folder / f"triage/{language}.toml", '"strong"', '"weak"')
    alone = load_screener(folder / "triage").screen("chest pain")
    save_weights(folder / "triage", weights(bias=-2), "")
    held_back = load_screener(folder / "triage").screen("chest pain")

    assert (alone.referral, alone.score) == (True, None)
    assert (held_back.referral, held_back.score) == (False, -2.0)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "null", "7", '"x"', '{"classes": 1}', "[" * 100_000, "\ud800"],
    ids=lambda text: text[:14],
)
def test_a_file_that_is_no_json_of_ours_says_to_make_it_again(saved: Path, text: str) -> None:
    (saved / NAME).write_bytes(text.encode("utf-8", "surrogatepass"))

    assert "python -m bot teach" in refusal(saved).fix


WORDS: dict[str, object] = {"kinds": {}, "thesaurus": {}}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("unit", "much"),
        ("unit", None),
        ("unit", []),
        ("unit", nan),
        ("bias", inf),
        ("bias", 10**400),
        ("agrees", "nan"),
        ("sure", -inf),
        ("classes", -1),
        ("classes", 3.0),
        ("classes", True),
        ("classes", "3"),
        ("classes", 10**9),
        ("classes", 4),
        ("steps", 7),
        ("steps", "no base64!"),
        ("steps", "bm90IHBhY2tlZA=="),
        ("steps", packed(b"too few")),
        ("steps", packed(b"\0" * 9_000_000)),
        ("steps", packed(b"\0" * 1_000)[:8]),
        ("words", packed(json.dumps(WORDS | {"more": "x" * 9_000_000}).encode())),
        ("words", packed(b"no json")),
        ("words", packed(b"\xff")),
        ("words", packed(b"[]")),
        ("words", packed(b"{}")),
        ("words", packed(json.dumps(WORDS | {"thesaurus": []}).encode())),
        ("words", packed(json.dumps(WORDS | {"thesaurus": {"leg": 1}}).encode())),
        ("words", packed(json.dumps(WORDS | {"thesaurus": {"leg": [3]}}).encode())),
        ("words", packed(json.dumps(WORDS | {"thesaurus": {"leg": [-1]}}).encode())),
        ("words", packed(json.dumps(WORDS | {"thesaurus": {"leg": [0.0]}}).encode())),
        ("words", packed(json.dumps(WORDS | {"thesaurus": {"leg": [[]]}}).encode())),
        ("words", packed(json.dumps(WORDS | {"kinds": []}).encode())),
        ("words", packed(json.dumps(WORDS | {"kinds": {"leg": 1}}).encode())),
        ("words", packed(json.dumps(WORDS | {"kinds": {"leg": {"stroke": "2"}}}).encode())),
        ("words", packed(json.dumps(WORDS | {"kinds": {"leg": {"stroke": -2}}}).encode())),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_part_that_cannot_be_used_says_to_make_the_file_again(
    saved: Path, key: str, value: object
) -> None:
    (saved / NAME).write_text(json.dumps(told(saved) | {key: value}), "utf-8")

    assert "python -m bot teach" in refusal(saved).fix


@pytest.mark.parametrize(
    "key", ["unit", "bias", "agrees", "sure", "careful", "classes", "steps", "words"]
)
def test_a_part_that_is_missing_says_to_make_the_file_again(saved: Path, key: str) -> None:
    (saved / NAME).write_text(json.dumps({k: v for k, v in told(saved).items() if k != key}))

    assert "python -m bot teach" in refusal(saved).fix


def test_a_folder_in_the_place_of_the_file_is_told_and_so_is_one_that_cannot_be_written(
    tmp_path: Path,
) -> None:
    (tmp_path / NAME).mkdir()

    assert "cannot be read" in refusal(tmp_path).problem
    with pytest.raises(ContentError, match="cannot be written"):
        save_weights(tmp_path, LEARNED, "")


def test_the_weights_that_ship_were_taught_with_the_voices_that_are_there() -> None:
    voices = ROOT / "tests" / "data" / "voices"

    assert told(ROOT / "content" / "triage")["taught_with"] == digest(
        voices, read_voices(voices)
    ), "a voice or a thesaurus has changed: call `make weights`"


def test_the_weights_that_ship_can_be_used(tmp_path: Path) -> None:
    shutil.copy(ROOT / "content" / "triage" / NAME, tmp_path)

    assert isinstance(load_weights(tmp_path), Weights)
