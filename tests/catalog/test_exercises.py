"""One edit breaks the exercises or routines: one line says what, with the right file and line."""

import shutil
from pathlib import Path

import pytest

from bot.catalog.files import LONGEST_NAME
from bot.catalog.folder import examine, load
from bot.core.exercises import Dose, Step
from tests.catalog.moving import add_exercises
from tests.catalog.small import edit, problems, review

MARCH = "exercises/march/exercise.toml"
PAGE = "exercises/march/ru.md"
FILE = "routines.toml"
M5 = 'steps = ["march*5"]'
NECK = 'steps = ["nod*2", "march"]'
ROTATION = 'break = ["b-neck", "b-legs", "b-neck"'

EDITS = [
    (MARCH, 'area = "legs"', "area = ", 1, "This is not TOML"),
    (MARCH, 'area = "legs"\n', "", 1, "The key 'area' is missing."),
    (MARCH, 'area = "legs"', "area = 1", 1, "'area' is not a text."),
    (MARCH, '"chair", "stand"', '"chair", "sofa"', 2, "Unknown place 'sofa'."),
    (MARCH, '"chair", "stand"', '"chair", "chair"', 2, "'places' has 'chair' twice."),
    (MARCH, '["chair", "stand"]', "[]", 2, "'places' is empty."),
    (MARCH, "times = 8", "times = 0", 3, "'times' is not a number from 1 on."),
    (MARCH, "hold = 0.5", "hold = -1", 4, "'hold' is not a number from 0 on."),
    (MARCH, "hold = 0.5", "hold = nan", 4, "'hold' is not a number from 0 on."),
    (MARCH, "each_way = 3", "each_way = inf", 5, "'each_way' is not a number from 0 on."),
    (MARCH, "sides = false", 'sides = "no"', 6, "'sides' is not true or false."),
    (MARCH, "seconds = 60", "seconds = 60.5", 7, "'seconds' is not a number."),
    (MARCH, '"G1"', '"G1", "G77"', 8, "Source 'G77' is not in sources.toml."),
    (MARCH, "version = 1", "version = true", 9, "'version' is not a number from 1 on."),
    (MARCH, '"draft"', '"done"', 10, "Unknown status 'done'."),
    (MARCH, '"draft"', '"draft"\nphoto = "march.jpg"', 11, "Unknown key 'photo'."),
    (PAGE, 'title = "March"\n', "", 2, "The key 'title' is missing."),
    (PAGE, '"8 times"', '""', 4, "'dose' is not one line of text."),
    (PAGE, "picture = ", "photo = ", 8, "Unknown key 'photo'."),
    (PAGE, "- First this.\n- Then that.\n", "", 10, "There are 0 steps."),
    (PAGE, "- Then", "- Two.\n- Three.\n- Four.\n- Then", 10, "There are 5 steps."),
    (PAGE, "First this", "x" * 1100, 10, "The card has 1160 characters."),
    (PAGE, "Do less", "😀" * 500, 10, "The card has 1045 characters."),
    (PAGE, "+++\ntitle", "title", 1, "The head is missing."),
    (FILE, 'id = "m5"', 'id = "m5', 2, "This is not TOML"),
    (FILE, 'id = "m5"\n', "", 1, "The key 'id' is missing."),
    (FILE, 'id = "m5"', 'id = "m10"', 2, "'m10' stands here twice."),
    (FILE, 'id = "m5"', 'id = "Five minutes!"', 2, "'Five minutes!' cannot be an id."),
    (FILE, 'id = "m5"', f'id = "{"m" * 25}"', 2, f"'{'m' * 25}' cannot be an id."),
    (FILE, 'kind = "morning"', 'kind = "noon"', 3, "Unknown kind 'noon'."),
    (FILE, 'place = "chair"', 'place = "sofa"', 4, "Unknown place 'sofa'."),
    (FILE, "minutes = 5\n", "", 1, "The key 'minutes' is missing."),
    (FILE, "minutes = 5", "minutes = 6", 5, "The steps take 300 s of 360."),
    (FILE, "seconds = 300", "seconds = 330", 6, "The steps take 300 s, not 330."),
    (FILE, "seconds = 300", "seconds = 275", 6, "The steps take 300 s, not 275."),
    (FILE, 'short = "nod"', 'short = "hop"', 7, "There is no exercise 'hop'."),
    (FILE, 'short = "nod"', 'short = "march"', 7, "'march' takes 60 s."),
    (FILE, M5, 'steps = ["march*5", "hop"]', 8, "'hop' is no exercise with a number of sets."),
    (FILE, M5, 'steps = ["march*5", "nod*1"]', 8, "'nod*1' is no exercise with"),
    (FILE, M5, 'steps = ["march*5", "nod*"]', 8, "'nod*' is no exercise with"),
    (FILE, M5, 'steps = ["march*5", "nod*two"]', 8, "'nod*two' is no exercise with"),
    (FILE, M5, "steps = [" + 100 * '"nod", ' + "]", 8, "There are 100 steps."),
    (FILE, '"Утро"', '"Утро"\n', 9, "This is not TOML"),
    (FILE, ', ru = "Утро"', "", 9, "The key 'ru' is missing."),
    (FILE, "Утро", "У" * 37, 9, "The title has 37 characters."),
    (FILE, "title = {", 'title = { de = "Morgen",', 9, "Unknown key 'de'."),
    (FILE, "title = {", 'colour = "red"\ntitle = {', 9, "Unknown key 'colour'."),
    (FILE, 'area = "neck"', "", 31, "The key 'area' is missing."),
    (FILE, 'area = "neck"', 'area = "neck"\nminutes = 2', 37, "Unknown key 'minutes'."),
    (FILE, NECK, 'steps = ["nod", "march*2"]', 35, "The steps take 155 s, not 125."),
    (FILE, "[rotation]", "[rotations]", 1, "The key 'rotation' is missing."),
    (FILE, "[rotation]", "[rotation]\nnight = []", 52, "Unknown key 'night'."),
    (FILE, "morning-10 = ", "morning-11 = ", 51, "The key 'morning-10' is missing."),
    (FILE, 'morning-5 = ["m5", ', "morning-5 = [", 52, "There are 13 turns."),
    (FILE, 'morning-5 = ["m5"', 'morning-5 = ["m6"', 52, "'m6' is no morning routine."),
    (FILE, 'morning-5 = ["m5"', 'morning-5 = ["b-neck"', 52, "'b-neck' is no morning routine."),
    (FILE, 'break = ["b-neck"', 'break = ["m5"', 55, "'m5' is no break routine."),
    (FILE, ROTATION, 'break = ["b-legs", "b-neck", "b-neck"', 55, "'b-neck' and 'b-neck' follow"),
    (FILE, ROTATION, 'break = ["b-legs", "b-legs", "b-neck"', 55, "'b-legs' and 'b-legs' follow"),
]


@pytest.fixture
def moving(folder: Path) -> Path:
    return add_exercises(folder)


def told(folder: Path) -> list[tuple[str, int, str]]:
    return [(str(Path(p.file).relative_to(folder)), p.line, p.text) for p in problems(folder)]


def test_the_folder_of_exercises_has_nothing_wrong_but_that_nobody_reviewed_it(
    moving: Path,
) -> None:
    assert told(moving) == []
    warned = [p for p in examine(moving) if "exercise" in p.text]
    assert [(Path(p.file).parent.name, p.line) for p in warned] == [("march", 10), ("nod", 10)]


def test_what_is_written_is_what_is_read(moving: Path) -> None:
    read = load(moving).exercises
    assert read.exercises["march"].dose == Dose(8, 0.5, 3, both_sides=False, seconds=60)
    assert read.exercises["march"].places == ("chair", "stand")
    assert [step.plain for step in read.exercises["nod"].wording["ru"].steps] != []
    assert read.routines["b-neck"].steps == (Step("nod", 2), Step("march"))
    assert read.routines["b-neck"].titles == {"en": "Neck", "ru": "Шея"}
    assert list(read.mornings) == [5, 10, 20]
    assert read.breaks == ("b-neck", "b-legs") * 7


@pytest.mark.parametrize("change", EDITS, ids=lambda change: change[4])
def test_a_mistake_is_told_with_its_file_and_line(
    moving: Path, change: tuple[str, str, str, int, str]
) -> None:
    file, old, new, line, text = change
    edit(moving / file, old, new)
    assert any(
        (where, number) == (file, line) and said.startswith(text)
        for where, number, said in told(moving)
    ), told(moving)
    assert all(problem.fix for problem in problems(moving))


def test_a_reviewed_exercise_is_not_warned_of(moving: Path) -> None:
    review(moving, "march")
    assert [p.file for p in examine(moving) if p.file == str(moving / MARCH)] == []


@pytest.mark.parametrize("lost", [MARCH, PAGE, FILE])
def test_a_missing_file_is_told(moving: Path, lost: str) -> None:
    (moving / lost).unlink()
    assert (lost, 1, "The file is missing.") in told(moving)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("exercises/march/de.md", "Nothing reads this file."),
        ("exercises/march/film.mp4", "Nothing reads this file."),
        ("exercises/readme.md", "Only folders belong here."),
        ("exercises/March 2/exercise.toml", "The folder's name cannot be an id."),
        (f"exercises/{'m' * (LONGEST_NAME + 1)}/en.md", "The folder's name cannot be an id."),
    ],
)
def test_a_stranger_among_the_exercises_is_told(moving: Path, file: str, text: str) -> None:
    (moving / file).parent.mkdir(exist_ok=True)
    (moving / file).write_text("x", "utf-8")
    place = file if "Nothing" in text or "Only" in text else str(Path(file).parent)
    assert told(moving) == [(place, 1, text)]


def test_an_exercise_that_no_routine_uses_is_told(moving: Path) -> None:
    edit(moving / FILE, NECK, 'steps = ["march*2"]')
    assert (FILE, 1, "No routine uses 'nod'.") in told(moving)


@pytest.mark.parametrize(
    ("places", "need", "lines"),
    [
        ('"stand"', "standing up", [8, 18, 28, 38]),
        ('"mat"', "the floor", [8, 18, 28, 38, 48]),
        ('"mat", "stand"', "standing up", [8, 18, 28, 38]),
        ('"mat", "chair"', "", []),
    ],
)
def test_a_routine_that_promises_less_than_an_exercise_needs_is_told(
    moving: Path, places: str, need: str, lines: list[int]
) -> None:
    edit(moving / MARCH, '"chair", "stand"', places)
    assert told(moving) == [(FILE, line, f"'march' needs {need}.") for line in lines]


def test_the_half_minute_of_a_routine_is_held_to_its_place_too(moving: Path) -> None:
    edit(moving / FILE, 'short = "nod"\nsteps = ["nod*2"', 'short = "hop"\nsteps = ["nod*2"')
    nod = (moving / MARCH).parent.parent / "nod"
    shutil.copytree(nod, nod.with_name("hop"))
    edit(nod.with_name("hop") / "exercise.toml", '"chair", "stand"', '"stand"')
    assert (FILE, 37, "'hop' needs standing up.") in told(moving)


def test_a_break_on_the_floor_is_told(moving: Path) -> None:
    edit(moving / FILE, 'place = "stand"', 'place = "mat"')
    assert told(moving) == [(FILE, 44, "A break needs no floor.")]


@pytest.mark.parametrize("place", ["stand", "mat"])
def test_mornings_of_one_length_without_any_on_a_chair_are_told(moving: Path, place: str) -> None:
    edit(moving / FILE, 'place = "chair"', f'place = "{place}"')
    assert told(moving) == [(FILE, 52, "Who leaves out standing has no routine.")]


def test_breaks_without_any_on_a_chair_are_told(moving: Path) -> None:
    edit(moving / FILE, 'place = "chair"\nseconds = 125', 'place = "stand"\nseconds = 125')
    assert (FILE, 55, "Who leaves out standing has no routine.") in told(moving)


@pytest.mark.parametrize(("sets", "seconds"), [("nod", 30), ("march*4", 240)])
def test_a_break_that_is_too_short_or_too_long_is_told(
    moving: Path, sets: str, seconds: int
) -> None:
    edit(moving / FILE, 'steps = ["march*2"]', f'steps = ["{sets}"]')
    edit(moving / FILE, "seconds = 120\n", f"seconds = {seconds}\n")
    assert told(moving) == [(FILE, 48, f"The steps take {seconds} s.")]


@pytest.mark.parametrize(("key", "value"), [("area", "neck"), ("place", "chair")])
def test_breaks_that_follow_each_other_differ_in_area_and_place(
    moving: Path, key: str, value: str
) -> None:
    old = {"area": 'area = "legs"', "place": 'place = "stand"\nseconds = 120'}[key]
    edit(moving / FILE, old, old.replace("legs", value).replace("stand", value))
    assert {(line, "same area or place" in text) for _, line, text in told(moving)} == {(55, True)}


def test_a_length_may_be_off_by_eight_in_a_hundred(moving: Path) -> None:
    edit(moving / FILE, "seconds = 300", "seconds = 278")
    assert told(moving) == []
    edit(moving / FILE, "seconds = 278", "seconds = 277")
    assert told(moving) == [(FILE, 6, "The steps take 300 s, not 277.")]


def test_a_key_beside_the_routines_is_told(moving: Path) -> None:
    edit(moving / FILE, "[[routine]]", 'colour = "red"\n\n[[routine]]')
    assert told(moving) == [(FILE, 1, "Unknown key 'colour'.")]


def test_a_card_of_a_caption_s_length_is_not_too_long(moving: Path) -> None:
    edit(moving / PAGE, "First this", "x" * 964)
    assert told(moving) == []
    edit(moving / PAGE, "x" * 964, "x" * 965)
    assert [text for _, _, text in told(moving)] == ["The card has 1025 characters."]


def test_a_folder_about_another_subject_has_no_exercises(folder: Path) -> None:
    assert load(folder).exercises.routines == {}
    assert load(folder).exercises.exercises == {}
