from pathlib import Path

import pytest

from bot.catalog.triage import load_lexicons
from bot.catalog.voices import Message, read_messages
from bot.core.triage.examples import failing_examples, too_strong
from bot.core.triage.screener import Screener
from bot.core.triage.verdict import Urgency, Verdict
from bot.errors import ContentError

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content" / "triage"
VOICES = ROOT / "tests" / "data" / "voices"
SMALL = """
[categories.breathing]
urgency = "emergency"
source = "U"

[concepts]
AIR = ["air", "breath"]

[rules]
breathing = [
    { id = "no-air", strength = "strong", near = ["AIR", "cannot"], fires = ["I cannot get air"], silent = ["fresh air"] },
]
"""


@pytest.fixture(scope="module", params=["en-first", "ru-first", "en-asked", "ru-asked"])
def told(request: pytest.FixtureRequest, screener: Screener) -> list[tuple[Message, Verdict]]:
    """Messages that taught the screening, with their verdicts: a floor that holds, not a score."""
    language, _, voice = request.param.partition("-")
    messages = read_messages(VOICES, voice)
    return [(one, screener.screen(one.text)) for one in messages if one.language == language]


def of_label(told: list[tuple[Message, Verdict]], label: str) -> list[Verdict]:
    return [verdict for message, verdict in told if message.label == label]


def test_at_most_one_of_two_hundred_acute_messages_that_taught_is_missed(
    told: list[tuple[Message, Verdict]],
) -> None:
    acute = of_label(told, "acute")

    assert sum(not verdict.referral for verdict in acute) <= len(acute) / 200


def test_at_most_three_of_two_hundred_benign_messages_that_taught_are_referred(
    told: list[tuple[Message, Verdict]],
) -> None:
    benign = of_label(told, "benign")

    assert sum(verdict.referral for verdict in benign) <= len(benign) * 3 / 200


def test_at_most_one_of_a_hundred_acute_messages_that_taught_is_taken_for_denied(
    told: list[tuple[Message, Verdict]],
) -> None:
    acute = of_label(told, "acute")

    assert sum(verdict.urgency is Urgency.NONE for verdict in acute) <= len(acute) / 100


@pytest.mark.parametrize(
    "text", ["my legs went numb and I cannot pee", "Suddenly both my legs are numb"]
)
def test_numb_legs_are_an_emergency(screener: Screener, text: str) -> None:
    assert screener.screen(text).urgency is Urgency.EMERGENCY


def test_every_example_in_the_lexicons_does_what_its_rule_says(screener: Screener) -> None:
    lexicons = load_lexicons(CONTENT)

    assert failing_examples(lexicons, screener) == []
    assert too_strong(lexicons, screener) == []


def test_both_languages_know_the_same_categories_with_the_same_urgency() -> None:
    lexicons = load_lexicons(CONTENT)

    assert lexicons["en"].categories == lexicons["ru"].categories
    assert len(lexicons["en"].categories) == 17


def written(folder: Path, text: str) -> Path:
    (folder / "en.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_file_becomes_a_lexicon_named_after_it(tmp_path: Path) -> None:
    lexicon = load_lexicons(written(tmp_path, SMALL))["en"]

    assert lexicon.language == "en"
    assert lexicon.rules[0].within == (6,)
    assert lexicon.concepts["AIR"] == ("air", "breath")


def test_each_distance_of_a_rule_can_be_set(tmp_path: Path) -> None:
    three = SMALL.replace('"cannot"]', '"cannot", "now"], within = [2, 9], in_order = true')
    rule = load_lexicons(written(tmp_path, three))["en"].rules[0]

    assert rule.within == (2, 9)
    assert rule.in_order


def test_a_sign_is_one_phrase_or_a_list_of_alternatives(tmp_path: Path) -> None:
    either = SMALL.replace('"cannot"]', '["cannot", "no"]]')

    assert load_lexicons(written(tmp_path, SMALL))["en"].rules[0].near == (("AIR",), ("cannot",))
    assert load_lexicons(written(tmp_path, either))["en"].rules[0].near[1] == ("cannot", "no")


def test_a_rule_keeps_its_strength_its_source_and_the_category_of_its_list(tmp_path: Path) -> None:
    weak = SMALL.replace('strength = "strong"', 'strength = "weak", source = "U"')
    strong = load_lexicons(written(tmp_path, SMALL))["en"].rules[0]
    rule = load_lexicons(written(tmp_path, weak))["en"].rules[0]

    assert (strong.strong, strong.source, strong.category) == (True, "", "breathing")
    assert (rule.strong, rule.source, rule.category) == (False, "U", "breathing")


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('urgency = "emergency"', 'urgency = "soon"', 2, "category breathing has no urgency"),
        ('urgency = "emergency"', 'urgency = "none"', 2, "category breathing has no urgency"),
        ('urgency = "emergency"', 'urgency = ["prompt"]', 2, "category breathing has no urgency"),
        ("[categories.breathing]\nurgency", "[categories]\nbreathing", 3, "breathing is no table"),
        ('source = "U"', 'sauce = "U"', 4, "sauce is not known"),
        ('source = "U"', "source = 1", 2, "source is no text"),
        ("[concepts]", "[concept]", 6, "concept is not known"),
        ("[concepts]", "[[concepts]]", 6, "concepts is not a table"),
        ("AIR = [", "Air = [", 7, "Air is no name for a concept"),
        ('"breath"', '"Breath"', 7, "'Breath' cannot be read"),
        ('"breath"', '"can\'t"', 7, "cannot be read"),
        ('"breath"', '"#9"', 7, "cannot be read"),
        ('"breath"', '""', 7, "cannot be read"),
        ('["air", "breath"]', '"air"', 7, "a list of texts is wanted"),
        ('["air", "breath"]', "[1]", 7, "a list of texts is wanted"),
        ("[rules]", "[[rules]]", 9, "rules is not a table"),
        ("[rules]\n", "[rules]\n[[rule]]\n", 10, "rule is not known in this file"),
        ("breathing = [", "luck = [", 10, "rules of luck, which is no category here"),
        ("breathing = [", "breathing = 1\nx = [", 10, "rules of breathing are no list"),
        ("breathing = [", "breathing = [1,", 10, "rules of breathing are no list"),
        ('id = "no-air", ', "", 10, "a rule of breathing has no id"),
        ('id = "no-air"', "id = 1", 10, "a rule of breathing has no id"),
        ('id = "no-air"', 'id = ""', 10, "a rule of breathing has no id"),
        ('near = ["AIR", "cannot"]', "near = []", 11, "rule no-air has no signs"),
        ('near = ["AIR", "cannot"]', 'near = "AIR"', 11, "rule no-air has no signs"),
        ('"cannot"', "[]", 11, "has an empty sign"),
        ('"cannot"', "7", 11, "a list of texts is wanted"),
        ('["AIR"', '["WIND"', 11, "concept WIND is not known"),
        ("fires =", "fries =", 11, "fries is not known"),
        ('fires = ["I cannot get air"]', 'fires = "air"', 11, "a list of texts is wanted"),
        ("fires =", "within = 0, fires =", 11, "within does not fit"),
        ("fires =", "within = [1, 2], fires =", 11, "within does not fit"),
        ("fires =", 'within = "far", fires =', 11, "within does not fit"),
        ("fires =", "within = true, fires =", 11, "within does not fit"),
        ("fires =", "within = [true], fires =", 11, "within does not fit"),
        ("fires =", 'in_order = "yes", fires =', 11, "in_order"),
        ("fires =", "source = [], fires =", 11, "source is no text"),
        ('strength = "strong", ', "", 11, "rule no-air has no strength"),
        ('"strong"', '"sure"', 11, "rule no-air has no strength"),
        ('"strong"', "true", 11, "rule no-air has no strength"),
        ('"strong"', '["strong"]', 11, "rule no-air has no strength"),
        ("AIR = [", "AIR = ", 7, "not TOML"),
    ],
)
def test_a_mistake_in_a_lexicon_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    broken = SMALL.replace(old, new, 1)

    with pytest.raises(ContentError) as error:
        load_lexicons(written(tmp_path, broken))

    assert str(error.value).startswith(f"{tmp_path / 'en.toml'}:{line}: ")
    assert told in error.value.problem
    assert error.value.fix


def test_a_file_without_a_rule_is_told_whatever_stands_in_its_place(tmp_path: Path) -> None:
    without = SMALL.partition("[rules]")[0]

    for text in (without, without + "[rules]\n"):
        with pytest.raises(ContentError, match="there is no rule"):
            load_lexicons(written(tmp_path, text))


def test_a_second_rule_with_the_same_id_is_told_with_its_own_line(tmp_path: Path) -> None:
    twice = SMALL.removesuffix("]\n") + '    { id = "no-air" },\n]\n'

    with pytest.raises(ContentError, match=r"en.toml:12: there are two rules no-air"):
        load_lexicons(written(tmp_path, twice))


def test_a_folder_without_a_lexicon_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no lexicon"):
        load_lexicons(tmp_path)


def test_a_file_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_bytes(b"\xff\xfe\xff")

    with pytest.raises(ContentError, match="cannot be read"):
        load_lexicons(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["could it be a heart attack", "i went blind", "she collapsed", "сердечко прихватило"],
)
def test_a_harmless_idiom_never_silences_the_plain_word_it_is_made_of(
    screener: Screener, text: str
) -> None:
    assert screener.screen(text).referral
