"""Which answers a question leads to: ours by their words, none for anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.stems import stemmers
from bot.core.content import Content
from bot.core.search.finder import MOST, Finder, Findings
from tests.core.search.made_up import entry, finder

SAID = """stiff neck|затекла шея|heat or ice|тепло или холод|tooth|зуб болит|cgbyf|,jkbn|тусл|sheya bolit|podushka
    matress|🧘|!!!|7,5|and|или|how to sleep|грыжа|gryzha|back|recipe"""
pieces = st.sampled_from([text.strip() for text in SAID.replace("\n", "|").split("|")])
questions = st.text() | st.lists(pieces, max_size=6).map(" ".join)


@pytest.fixture(scope="session")
def ours(content: Content) -> Finder:
    return Finder(content, stemmers())


@pytest.fixture(scope="session")
def second(content: Content) -> Finder:
    finder = Finder(content, stemmers())
    finder.find("затекла шея podushka cgbyf hedache stif")
    return finder


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("why is my neck so stiff?", "stiff-neck"),
        ("затекла шея", "stiff-neck"),
        ("pillow", "sleep-and-mattress"),
        ("подушку", "sleep-and-mattress"),
        ("podushka", "sleep-and-mattress"),
        ("gjleirf", "sleep-and-mattress"),
        ("matress", "sleep-and-mattress"),
        ("матрац", "sleep-and-mattress"),
        ("heat or ice?", "heat-or-cold"),
        ("что лучше, тепло или холод", "heat-or-cold"),
        ("СПИНА БОЛИТ!!!", "low-back-pain"),
        ("cgbyf ,jkbn", "low-back-pain"),
        ("spina bolit", "low-back-pain"),
        ("спи\u0301на боли\u0301т", "low-back-pain"),
        ("cпинa бoлит", "low-back-pain"),
        ("headach from neck", "headache-from-neck"),
        ("sciatica", "leg-pain-sciatica"),
        ("ишиас", "leg-pain-sciatica"),
    ],
)
def test_a_question_finds_its_answer_however_it_is_typed(
    ours: Finder, text: str, first: str
) -> None:
    assert ours.find(text).entries[0] == first


def test_both_languages_in_one_question_are_read_together(ours: Finder) -> None:
    assert "sleep-and-mattress" in ours.find("какой matress лучше for спины").entries
    assert ours.find("pillow подушка").entries[0] == "sleep-and-mattress"


@pytest.mark.parametrize(
    "text",
    [
        "зуб болит",
        "toothache",
        "best recipe for apple cake",
        "какая завтра погода",
        "how do I fix my python code",
        "привет, как дела?",
        "qwrtpsdfgh",
        "the and of",
        "你好吗",
    ],
)
def test_a_question_about_something_else_finds_nothing(ours: Finder, text: str) -> None:
    assert ours.find(text) == Findings()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t",
        "а" * 4000,
        "z" * 4000,
        "аб" * 2000,
        "🧘" * 4000,
        "👩‍⚕️🏳️‍🌈",
        "\u0301" * 4000,
        "a" + "\u0308" * 4000,
        "?!.,;:-" * 500,
        "'" * 4000,
        "`[];',./" * 400,
        "\ufdfa" * 400,
        "\x00\ud800\uffff",
        "1" * 4000,
    ],
    ids=ascii,
)
def test_hostile_text_finds_nothing(ours: Finder, text: str) -> None:
    assert ours.find(text) == Findings()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_our_idle_words_alone_find_nothing(ours: Finder, content: Content, language: str) -> None:
    assert [word for word in content.word_lists[language].idle if ours.find(word).entries] == []


@given(text=questions)
def test_any_question_finds_at_most_three_known_answers(
    ours: Finder, content: Content, text: str
) -> None:
    found = ours.find(text)
    assert len(set(found.entries)) == len(found.entries) <= MOST
    assert set(found.entries) <= content.entries.keys()
    assert ours.explain(text).keys() == set(found.entries)
    assert all(ours.explain(text).values())
    assert found.entries or not found.strong


@given(text=questions)
def test_the_same_question_has_the_same_answer_whatever_was_asked_before(
    ours: Finder, second: Finder, text: str
) -> None:
    assert ours.find(text) == second.find(text) == ours.find(text)


@given(text=st.lists(pieces, max_size=4).map(" ".join))
def test_case_and_marks_change_nothing(ours: Finder, text: str) -> None:
    plain = text.replace(",", " ")
    assert ours.find(f"  {plain.upper()} ?!") == ours.find(plain)


def test_words_that_lead_nowhere_make_an_answer_less_sure(content: Content) -> None:
    small = finder(content, entry("a", "pillow"))
    assert small.find("pillow xyzzy").entries == ("a",)
    assert small.find("pillow xyzzy qwrt").entries == ()


def test_a_word_of_our_subject_carries_its_answer_through(content: Content) -> None:
    small = finder(content, entry("a", "pillow"), ours="pillow")
    assert small.find("pillow xyzzy qwrt").entries == ("a",)


def test_a_weak_word_is_enough_by_itself_and_not_beside_strange_ones(content: Content) -> None:
    small = finder(content, entry("a", "phone"), weak="phone")
    assert small.find("phone").entries == ("a",)
    assert small.find("phone xyzzy").entries == ()


def test_a_word_about_something_else_outweighs_an_answer_but_not_our_subject(
    content: Content,
) -> None:
    pillow = entry("a", "pillow")
    assert finder(content, pillow).find("pillow cake").entries == ("a",)
    assert finder(content, pillow, foreign="cake").find("pillow cake").entries == ()
    named = finder(content, pillow, foreign="cake", ours="pillow")
    assert named.find("pillow cake").entries == ("a",)


def test_an_idle_word_counts_neither_for_nor_against(content: Content) -> None:
    small = finder(content, entry("a", "pillow"), idle="please kindly")
    assert small.find("pillow " + "please kindly " * 9) == small.find("pillow")


def test_an_answer_is_sure_only_where_no_other_comes_near(content: Content) -> None:
    alone = finder(content, entry("a", "stiff neck"), entry("b", body="A neck."))
    rivals = finder(content, entry("a", "stiff neck"), entry("b", "stiff neck"))
    words = ("stiff", "neck", "neck stiff")
    assert alone.find("stiff neck") == Findings(("a",), strong=True)
    assert alone.explain("stiff neck") == {"a": words}
    assert rivals.find("stiff neck") == Findings(("a", "b"))
    assert rivals.explain("stiff neck") == {"a": words, "b": words}


def test_an_answer_that_is_hardly_enough_is_not_sure(content: Content) -> None:
    small = finder(content, entry("a", "pillow"))
    assert small.find("pillow").strong
    assert not small.find("pillow xyzzy").strong


def test_neighbours_count_beside_their_words_in_either_order(content: Content) -> None:
    small = finder(content, entry("a", "stiff neck"), ours="neck")
    reasons = [
        small.explain(text)["a"] for text in ("stiff neck", "neck: stiff", "stiff, xyzzy neck")
    ]
    assert ["neck stiff" in reason for reason in reasons] == [True, True, False]


def test_a_phrase_with_idle_words_counts_only_in_its_order(content: Content) -> None:
    small = finder(content, entry("a", "how often"), entry("b", "often"), idle="how")
    assert small.find("how often").entries[0] == "a"
    assert small.find("often, how").entries[0] == "b"


def test_what_comes_far_behind_the_best_is_not_offered(content: Content) -> None:
    near, far = entry("b", summary="A pillow."), entry("c", body="A pillow.")
    small = finder(content, entry("a", "pillow"), near, far, ours="pillow")
    assert small.find("pillow").entries == ("a", "b")


def test_of_many_alike_the_first_three_by_name_are_offered(content: Content) -> None:
    small = finder(content, *(entry(name, "pillow") for name in "dbeac"), ours="pillow")
    assert small.find("pillow").entries == ("a", "b", "c")


def test_content_without_an_answer_about_it_finds_nothing(content: Content) -> None:
    assert finder(content).find("stiff neck") == Findings()
