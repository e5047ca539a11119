import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.telegram.intake import raw as read

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message", "edited_message", "chat", "id", "text", "poll", "options", "quote"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
PRIVATE = {"id": 7, "type": "private"}


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"message": {"text": "numb"}}, "numb"),
        ({"message": {"caption": "numb"}}, "numb"),
        ({"edited_message": {"text": "numb"}}, "numb"),
        ({"message": {"text": 5}}, ""),
        ({"message": None}, ""),
        ({"edited_message": {"caption": "numb"}}, "numb"),
        ({"message": {"text": "numb", "forward_origin": {"type": "hidden_user"}}}, "numb"),
        ({"callback_query": {"data": "numb"}}, ""),
    ],
)
def test_text_caption_and_edit_are_what_a_person_wrote(
    update: dict[str, object], words: str
) -> None:
    assert read.words(update) == words


@pytest.mark.parametrize("kind", ["photo", "video", "document", "voice", "animation", "audio"])
@pytest.mark.parametrize("update", ["message", "edited_message"])
def test_a_caption_is_read_whatever_it_stands_under(update: str, kind: str) -> None:
    assert read.words({update: {kind: {"file_name": "x"}, "caption": "numb"}}) == "numb"


ME, BOT = {"id": 7}, {"id": 1, "is_bot": True}


def reply(to: object, quote: object = None, text: str = "this") -> dict[str, object]:
    message = {"from": ME, "text": text, "reply_to_message": to, "quote": quote}
    return {"message": {name: part for name, part in message.items() if part is not None}}


@pytest.mark.parametrize("author", [ME, BOT])
def test_the_message_that_is_replied_to_is_not_read_again(author: dict[str, object]) -> None:
    assert read.words(reply({"from": author, "text": "numb", "caption": "numb"})) == "this"


def test_own_words_that_are_quoted_are_said_anew_and_the_bots_are_not() -> None:
    quote = {"text": "numb", "is_manual": True}

    assert read.words(reply({"from": ME, "text": "numb, I said"}, quote)) == "this\nnumb"
    assert read.words(reply({"from": BOT, "text": "numb legs?"}, quote)) == "this"


def test_a_quote_from_another_chat_is_passed_on_like_a_forwarded_message() -> None:
    assert read.words(reply(None, {"text": "numb"})) == "this\nnumb"


@pytest.mark.parametrize("quote", ["numb", 5, {"text": 5}, {}])
def test_a_quote_of_another_shape_is_passed_over(quote: object) -> None:
    assert read.words(reply(None, quote)) == "this"


def test_the_words_of_a_poll_and_of_a_checklist_are_read() -> None:
    poll = {
        "question": "What is it?",
        "options": [{"text": "numb"}, {"text": "tired"}],
        "explanation": "since today",
        "description": "asked twice",
    }
    checklist = {"title": "Today", "tasks": [{"id": 1, "text": "numb"}, {"id": 2, "text": "rest"}]}

    assert read.words({"message": {"poll": poll}}).split("\n") == [
        *("What is it?", "asked twice", "since today", "numb", "tired"),
    ]
    assert "numb\n" in read.words({"edited_message": {"checklist": checklist}})


def test_a_word_in_bold_does_not_tear_the_sentence_of_a_rich_message() -> None:
    line = ["my legs are ", {"type": "bold", "text": ["nu", {"type": "code", "text": "mb"}]}, "!"]
    blocks = [
        {"type": "paragraph", "text": line},
        {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "since today"}]}]},
        {"type": "table", "cells": [[{"text": "a"}, {"text": "b"}]], "caption": "c"},
        {"type": "photo", "photo": [], "caption": {"text": "d", "credit": "e"}},
    ]
    told = read.words({"message": {"rich_message": {"blocks": blocks}}})

    assert [line for line in told.split("\n") if line] == [
        *("my legs are numb!", "since today"),
        *("c", "a", "b", "d", "e"),
    ]


def test_a_rich_message_however_deep_is_read_without_harm() -> None:
    deep: object = "numb"
    for _ in range(50_000):
        deep = {"type": "bold", "text": [deep]}

    assert read.words({"message": {"rich_message": {"blocks": [deep]}}}) == "numb"


@pytest.mark.parametrize(
    "part",
    [
        {"contact": {"first_name": "Numb", "last_name": "Legs", "vcard": "NOTE:numb"}},
        {"venue": {"title": "Numb Legs Clinic", "address": "numb", "location": {}}},
        {"location": {"latitude": 1, "longitude": 1}},
        {"document": {"file_name": "numb.pdf"}},
        {"sticker": {"emoji": "x", "set_name": "numb"}},
    ],
)
def test_a_name_on_a_card_of_a_place_or_of_a_file_says_nothing_of_the_person(
    part: dict[str, object],
) -> None:
    assert read.words({"message": part}) == ""


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": {"chat": PRIVATE}}, 7),
        ({"callback_query": {"message": {"chat": PRIVATE}}}, 7),
        ({"callback_query": {}}, None),
        ({"my_chat_member": {"chat": PRIVATE}}, 7),
        ({"message": {"chat": {"id": "7"}}}, None),
        ({}, None),
    ],
)
def test_an_update_belongs_to_the_chat_that_it_names(
    update: dict[str, object], chat: int | None
) -> None:
    assert read.chat_id(update) == chat


def test_only_messages_of_private_chats_are_private() -> None:
    assert read.is_private({"message": {"chat": PRIVATE}})
    assert not read.is_private({"message": {"chat": {"id": -5, "type": "group"}}})
    assert not read.is_private({"callback_query": {}})


def test_the_moment_of_an_edit_is_that_of_the_edit() -> None:
    assert read.sent_at({"edited_message": {"date": 5, "edit_date": 9}}) == 9
    assert read.sent_at({"message": {"date": "x"}}) is None
    assert read.sent_at({}) is None


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw builds a table
@given(st.dictionaries(st.sampled_from(["message", "edited_message", "callback_query"]), JSON))
def test_no_update_whatever_its_shape_raises_at_the_door(update: dict[str, object]) -> None:
    read.words(update)
    read.chat_id(update)
    read.is_private(update)
    read.sent_at(update)
    read.query_id(update)


def test_only_a_tap_has_a_query_that_can_be_answered() -> None:
    assert read.query_id({"callback_query": {"id": "5"}}) == "5"
    assert read.query_id({"callback_query": {"id": 5}}) is None
    assert read.query_id({"callback_query": {"id": "\ud800"}}) is None
    assert read.query_id({"message": {"id": "5"}}) is None
