"""Cards of exercises: they fit under a film, count as they are timed, and keep their cautions."""

import re

import pytest

from bot.catalog.exercises import LONGEST_CARD
from bot.core.content import Content
from bot.core.exercises import Exercise
from bot.core.operator import Operator
from bot.core.text import Text, joined
from bot.flows.cards import Cards, Place
from bot.flows.voice import Voice
from bot.telegram.render import units
from tests.content.shelf import LANGUAGES, exercises, plain, unlike

ONCE = {"en": "Once", "ru": "1 раз"}
BULLET = re.compile("• ")
TITLE = 36
AGREED = ("title", "purpose", "dose", "breathing", "care", "easier", "picture")

# what somebody would be hurt without: exercise, then words that its cautions need in each language
CAUTIONS = {
    "neck-turn": ("dizzy|sick|double|shoots", "кружится|тошнит|двоится|стреляет"),
    "neck-tilt": ("press|dizzy|tingles", "давите|кружится|покалывает"),
    "chin-tuck": ("tip your head back|tingle", "запрокидывайте|покалывание"),
    "neck-nod": ("throw your head back|dizzy", "запрокидывайте|кружится"),
    "chest-opener": ("steady chair|roll|not the neck", "устойчивый стул|едет|не шея"),
    "overhead-reach": ("light-headed", "закружилась"),
    "side-bend": ("shoots down a leg", "стреляет в ногу"),
    "seated-twist": ("thin bones|recent back operation", "хрупких костях|недавней операции"),
    "seated-cat-cow": ("pain down a leg", "боль идёт в ногу"),
    "standing-back-bend": (
        "dizzy|leg hurt more|older|hold on",
        "кружится|сильнее болит нога|старшем|держитесь",
    ),
    "hip-hinge": ("runs down a leg", "вниз по ноге"),
    "sit-to-stand": (
        "without wheels|wall|knee pain|light-headed",
        "без колёс|стены|колени|кружится",
    ),
    "march": ("chest pain|breathlessness|dizziness", "боли в груди|одышке|головокружении"),
    "heel-raise": ("steady|cramps", "устойчивое|свело"),
    "ankle-pump": ("hot or swollen|urgent help|today", "горячая или опухла|срочная помощь|сегодня"),
    "hamstring-sit": ("tingling|below the knee", "покалывает|ниже колена"),
    "hip-flexor": ("hold on|groin or knee", "держитесь|пах или колено"),
    "wall-push": ("grip|wrist or shoulder", "скользить|запястье или плечо"),
    "wall-slide": ("pinch", "щемит"),
    "pelvic-tilt": ("pregnancy|chair", "беременности|стуле"),
    "knee-to-chest": ("behind the thigh|leg pain", "под бедром|боль в ноге"),
    "bridge": ("arch|meal|pregnancy|blood pressure", "прямой линии|еды|беременности|давлении"),
    "cat-cow": ("knees|wrists", "колени|запястья"),
    "heels-stretch": ("force sore knees or hips", "через силу больные колени"),
    "bird-dog": ("no higher than your back|pinches", "выше спины|защемило"),
    "wrist-stretch": ("lightly|numb at night|weak grip", "легко|немеют по ночам|хватка"),
    "far-look": ("loss of sight|double|eye pain|urgent", "зрение|двоится|глаз|срочная"),
    "slow-breath": ("hold your breath|light-headed", "задерживайте|закружилась"),
    "short-walk": (
        "chest pain|breathlessness|numb or weak",
        "боли в груди|одышке|немеют либо слабеют",
    ),
    "side-step": ("floor|hold on", "пол|держитесь"),
}
NEVER = re.compile(
    r"full circles? (?:with|of) (?:the|your) (?:head|neck)|straight-leg sit|both legs straight up"
    r"|as far as you can|push through|круги головой|через боль|как можно сильнее|изо всех сил",
    re.IGNORECASE,
)


UPRIGHT = re.compile(
    r"\b(?:stand|stands|standing|step|walk|встань|встать|стоя|стойте|шагните|пройдитесь)",
    re.IGNORECASE,
)
SEATED = re.compile(r"\b(?:sit|сядьте|сидя)", re.IGNORECASE)


@pytest.fixture(scope="module")
def cards(content: Content) -> Cards:
    return Cards(Voice(content, Operator()))  # nothing filled in: the longest wording


def shown_length(cards: Cards, language: str, place: Place, *, easier: bool) -> int:
    """Return the length of a card under a still picture, which is told in words as well."""
    shown = cards.card(language, place, easier=easier)
    exercise = cards.voice.content.exercises.exercises[place.routine.steps[place.step].exercise]
    blocks = (*shown.blocks, Text(exercise.wording[language].picture))
    return units(joined(blocks).plain)


def test_every_card_of_every_routine_fits_under_a_film(cards: Cards, content: Content) -> None:
    places = [
        Place(routine, at)
        for routine in content.exercises.routines.values()
        for at in range(len(routine.steps))
    ]
    longest = max(
        shown_length(cards, language, place, easier=easier)
        for place in places
        for language in LANGUAGES
        for easier in (True, False)
    )
    assert longest <= LONGEST_CARD


def test_also_the_half_minute_fits_under_a_film(cards: Cards, content: Content) -> None:
    for routine in content.exercises.routines.values():
        for language in LANGUAGES:
            shown = cards.short(language, routine, 1).blocks
            assert units(joined(shown).plain) <= LONGEST_CARD, routine.id


def test_every_exercise_has_all_its_words_in_both_languages(content: Content) -> None:
    for exercise in content.exercises.exercises.values():
        for words in exercise.wording.values():
            assert all(getattr(words, field).strip() for field in AGREED), exercise.id
            assert units(words.title) <= TITLE, exercise.id
            assert 1 <= plain(words.steps).count("• ") <= 4, exercise.id


def test_the_dose_in_words_is_the_dose_that_is_timed(content: Content) -> None:
    for exercise in content.exercises.exercises.values():
        for language, words in exercise.wording.items():
            said = {int(number) for number in re.findall(r"\d+", words.dose)}
            once = words.dose.startswith((ONCE[language], f"по {ONCE[language]}"))
            assert said - {1} <= timed(exercise), (exercise.id, language)
            assert exercise.dose.times in said or once or short_walk(exercise), exercise.id


def timed(exercise: Exercise) -> set[float]:
    return {exercise.dose.times, exercise.dose.hold, exercise.dose.seconds}


def short_walk(exercise: Exercise) -> bool:
    return exercise.dose.times == 1 and exercise.dose.hold == 0


def test_a_hold_of_two_seconds_or_more_is_told(content: Content) -> None:
    for exercise in content.exercises.exercises.values():
        if exercise.dose.hold >= 2:
            for words in exercise.wording.values():
                assert f"{exercise.dose.hold:g}" in re.findall(r"\d+", words.dose), exercise.id


def test_both_languages_have_the_same_number_of_steps(content: Content) -> None:
    assert unlike(exercises(content), BULLET) == []


@pytest.mark.parametrize("name", CAUTIONS)
def test_an_exercise_keeps_its_cautions(content: Content, name: str) -> None:
    for language, needed in zip(LANGUAGES, CAUTIONS[name], strict=True):
        care = content.exercises.exercises[name].wording[language].care.lower()
        assert [one for one in needed.split("|") if one not in care] == []


def test_the_chair_that_opens_the_chest_is_described(content: Content) -> None:
    words = content.exercises.exercises["chest-opener"].wording

    assert "shoulder blades" in plain(words["en"].steps)
    assert "лопаток" in plain(words["ru"].steps)


def test_on_a_chair_no_card_asks_anybody_to_stand(content: Content) -> None:
    seated = [r for r in content.exercises.routines.values() if r.place == "chair"]
    names = {name for r in seated for name in (r.short, *(step.exercise for step in r.steps))}
    asked = [
        (name, step.plain)
        for name in sorted(names)
        for words in content.exercises.exercises[name].wording.values()
        for step in words.steps
        if UPRIGHT.search(step.plain) and not SEATED.search(step.plain)
    ]
    assert asked == []


def test_no_exercise_asks_for_force(content: Content) -> None:
    assert [piece.where for piece in exercises(content) if NEVER.search(piece.text)] == []


def test_the_stop_rules_stand_on_the_first_and_the_last_card(
    cards: Cards, content: Content
) -> None:
    for routine in content.exercises.routines.values():
        for language in LANGUAGES:
            rules = cards.voice.tell(language, "stop-rules")
            for at in {0, len(routine.steps) - 1}:
                shown = cards.card(language, Place(routine, at), easier=False).blocks
                assert shown[: len(rules)] == rules, (routine.id, at)
