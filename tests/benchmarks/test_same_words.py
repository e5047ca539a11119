"""A message is the same whichever library wrote it, and another one is not."""

import pytest

from benchmarks.same_words import shown
from benchmarks.sending import check_sent
from benchmarks.updates import check_same

MARKS = '[{"type": "bold", "offset": 0, "length": 2}]'
ROWS = '{"inline_keyboard": [[{"text": "Go", "callback_data": "1", "style": "primary"}]]}'
FORM = {"text": "Hi", "entities": MARKS, "reply_markup": ROWS}
PLAIN = {
    "text": "Hi",
    "entities": [{"length": 2, "offset": 0, "type": "bold", "url": None}],
    "reply_markup": {"inline_keyboard": [[{"callback_data": "1", "text": "Go"}]]},
}
WORDS = {"editMessageText": FORM, "sendMessage": FORM}


def done(made: int, text: str = "Hi") -> dict[str, object]:
    calls = dict.fromkeys(("answerCallbackQuery", "editMessageText", "sendMessage"), made)
    return {"calls": calls, "shown": {method: {**PLAIN, "text": text} for method in WORDS}}


def test_the_same_message_is_known_again_from_form_and_from_json() -> None:
    assert shown(FORM) == shown(PLAIN)


def test_a_message_of_words_alone_has_no_marks_and_no_buttons() -> None:
    assert shown({"text": "Hi"}) == ("Hi", [], [])


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Ho"},
        {"entities": '[{"type": "italic", "offset": 0, "length": 2}]'},
        {"reply_markup": '{"inline_keyboard": [[{"text": "Go", "callback_data": "2"}]]}'},
    ],
)
def test_another_word_mark_or_button_makes_another_message(change: dict[str, str]) -> None:
    assert shown({**FORM, **change}) != shown(FORM)


def test_a_round_with_the_same_calls_and_words_counts() -> None:
    check_same([1, 1, 1], done(made=6), 10, WORDS)


def test_a_round_in_which_a_bot_made_other_calls_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="not do the same work"):
        check_same([1, 1, 1], done(made=5), 10, WORDS)


def test_a_round_in_which_a_bot_showed_other_words_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="not show the same"):
        check_same([0, 0, 0], done(made=5, text="Ho"), 10, WORDS)


def test_a_bulk_of_as_many_same_messages_counts() -> None:
    check_sent(done(made=6), 6, FORM)


@pytest.mark.parametrize(
    ("messages", "text", "wrong"), [(7, "Hi", "same work"), (6, "Ho", "show the same")]
)
def test_a_bulk_of_fewer_or_other_messages_is_an_error(
    messages: int, text: str, wrong: str
) -> None:
    with pytest.raises(RuntimeError, match=wrong):
        check_sent(done(made=6, text=text), messages, FORM)


def test_a_bulk_in_which_nothing_was_sent_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="0 messages, not 6"):
        check_sent({"calls": {}, "shown": {}}, 6, FORM)
