import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.telegram.intake import raw as read

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["message", "edited_message", "chat", "id", "text", "callback_query"]),
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
        ({"callback_query": {"data": "numb"}}, ""),
    ],
)
def test_text_caption_and_edit_are_what_a_person_wrote(
    update: dict[str, object], words: str
) -> None:
    assert read.words(update) == words


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
    assert read.query_id({"message": {"id": "5"}}) is None
