"""The [film] of an exercise: each mistake is told with its file and line."""

from pathlib import Path

import pytest

from bot.catalog.folder import load
from bot.core.film import Frame
from tests.catalog.small import edit, problems
from tests.film.studio import content_with_a_film

NOD = "exercises/nod/exercise.toml"
START = "frames = [\n    {},\n    { neck = 30, hold = true },\n]"

# what is changed, into what, the line that is named (the film begins at 12), what is said
EDITS = [
    ('view = "side"', 'view = "back"', 13, "Unknown view 'back'."),
    ('view = "side"\n', "", 12, "The key 'view' is missing."),
    ('base = "sit"', 'base = "lie"', 14, "Unknown base 'lie'."),
    ('"head", "neck"', '"head", "tail"', 15, "Unknown word 'tail' in 'accent'."),
    ('"head", "neck"', '"left hand"', 15, "Unknown word 'left hand' in 'accent'."),
    ('["chair"]', '["sofa"]', 16, "Unknown word 'sofa' in 'props'."),
    ('["chair"]', '["near chair"]', 16, "Unknown word 'near chair' in 'props'."),
    ("close = 1", 'planted = ["head"]', 17, "Unknown word 'head' in 'planted'."),
    ("close = 1", 'anchor = "head"', 17, "Unknown anchor 'head'."),
    ("close = 1", 'anchor = "left foot"', 17, "Unknown anchor 'left foot'."),
    ("close = 1", 'anchor = "back"', 17, "Unknown anchor 'back'."),
    ("close = 1", 'grip = "ear"', 17, "Unknown grip 'ear'."),
    ("close = 1", "close = true", 17, "'close' is not a number from 0 on."),
    ("close = 1", "flowing = 1", 17, "'flowing' is not true or false."),
    ("close = 1", "travels = 1", 17, "'travels' is not true or false."),
    ("close = 1", "both = 1", 17, "'both' is not true or false."),
    ("close = 1", "poster = 3", 17, "There is no frame 3."),
    ("close = 1", "poster = 0", 17, "'poster' is not a number from 1 on."),
    ("close = 1", "colour = 1", 17, "Unknown key 'colour'."),
    ("close = 1", "start = 1", 17, "'start' is not a table."),
    ("close = 1", "start = { spine = 50 }", 17, "'spine' is out of range."),
    (START, "frames = 1", 18, "'frames' is not tables"),
    (START, "frames = [\n    {},\n]", 18, "A film needs two frames."),
    (START, "", 12, "The key 'frames' is missing."),
    ("neck = 30", "neck = 41", 20, "'neck' is out of range."),
    ("neck = 30", "elbow = [10, 151]", 20, "'elbow' is out of range."),
    ("neck = 30", "neck = [10, 20]", 20, "'neck' has no sides."),
    ("neck = 30", "elbow = [10]", 20, "'elbow' is not a number or two."),
    ("neck = 30", 'elbow = "10"', 20, "'elbow' is not a number or two."),
    ("neck = 30", "elbow = nan", 20, "'elbow' is not a number or two."),
    ("neck = 30", "elbow = true", 20, "'elbow' is not a number or two."),
    ("neck = 30", "abd = 30", 20, "Unknown key 'abd'."),
    ("neck = 30", "grip = [0, 1]", 18, "A hand grips nothing."),
    ('["chair"]', '["window"]', 16, "Unknown word 'window' in 'props'."),
    ("neck = 30", "move = 0", 20, "A frame needs time to get there."),
    ("neck = 30", 'stands_on = "left"', 20, "Unknown stands_on 'left'."),
    ("hold = true", "hold = false", 20, "'hold' is not a number from 0 on."),
]


@pytest.mark.parametrize("key", ['grip = "hips"', 'planted = ["foot"]'])
def test_hands_and_feet_are_brought_to_a_place_only_from_the_side(folder: Path, key: str) -> None:
    edit(folder / NOD, 'view = "side"', 'view = "front"')
    edit(folder / NOD, "neck = 30", "neck_side = 30")
    edit(folder / NOD, "close = 1", key)
    said = [(problem.line, problem.text) for problem in problems(folder)]
    assert said == [(17, f"Unknown key '{key.split(maxsplit=1)[0]}'.")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return content_with_a_film(tmp_path / "content")


@pytest.mark.parametrize("change", EDITS, ids=lambda change: change[3])
def test_a_mistake_in_a_film_is_told_with_its_line(
    folder: Path, change: tuple[str, str, int, str]
) -> None:
    old, new, line, text = change
    edit(folder / NOD, old, new)
    told = [(p.line, p.text) for p in problems(folder) if p.file == str(folder / NOD)]
    assert any(number == line and said.startswith(text) for number, said in told), told
    assert all(problem.fix for problem in problems(folder))


def test_a_film_that_is_no_table_is_told(folder: Path) -> None:
    text = (folder / NOD).read_text("utf-8")
    (folder / NOD).write_text(text.split("\n[film]")[0] + 'film = "move.mp4"\n', "utf-8")
    assert [problem.text for problem in problems(folder)] == ["'film' is not a table."]


def test_frames_take_their_times_from_the_dose_unless_they_say_their_own(folder: Path) -> None:
    edit(folder / NOD, "    {},", "    { move = 1.5, hold = 2 },")
    script = load(folder).exercises.exercises["nod"].script
    assert script is not None
    assert script.frames == (Frame({}, 1.5, 2.0), Frame({"neck": (30, 30)}, 3, 0.5))


def test_a_dose_without_a_pace_gets_a_calm_one(folder: Path) -> None:
    edit(folder / NOD, "each_way = 3", "each_way = 0")
    script = load(folder).exercises.exercises["nod"].script
    assert script is not None
    assert [frame.move for frame in script.frames] == [2.0, 2.0]


def test_every_frame_begins_with_what_start_says(folder: Path) -> None:
    edit(folder / NOD, "close = 1", "start = { elbow = [10, 20], neck = 5 }")
    script = load(folder).exercises.exercises["nod"].script
    assert script is not None
    first, second = (frame.angles for frame in script.frames)
    assert first == {"elbow": (10, 20), "neck": (5, 5)}
    assert second == {"elbow": (10, 20), "neck": (30, 30)}


@pytest.mark.parametrize(("added", "number"), [("", 1), ("poster = 1", 0)])
def test_the_poster_is_the_held_frame_or_the_one_that_is_named(
    folder: Path, added: str, number: int
) -> None:
    edit(folder / NOD, "close = 1", added)
    script = load(folder).exercises.exercises["nod"].script
    assert script is not None
    assert script.poster == number


def test_the_poster_of_a_film_that_holds_nothing_is_its_second_frame(folder: Path) -> None:
    edit(folder / NOD, ", hold = true", "")
    script = load(folder).exercises.exercises["nod"].script
    assert script is not None
    assert script.poster == 1


@pytest.mark.parametrize(
    ("base", "anchor"), [("sit", "hip"), ("hook", "hip"), ("all4", "knee"), ("stand", "foot")]
)
def test_each_base_pose_has_its_own_point_that_stays(folder: Path, base: str, anchor: str) -> None:
    edit(folder / NOD, 'base = "sit"', f'base = "{base}"')
    script = load(folder).exercises.exercises["nod"].script
    assert script is not None
    assert script.anchor == anchor


def test_content_without_films_is_as_good(folder: Path) -> None:
    march = load(folder).exercises.exercises["march"]
    assert (march.film, march.poster, march.script) == (None, None, None)
