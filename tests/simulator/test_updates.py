"""The queue of updates: what getUpdates gives, keeps and forgets."""

import pytest

from bot.simulator.api import Api
from bot.simulator.updates import FIRST_ID
from tests.simulator.conftest import refusal


def ids(api: Api, **params: object) -> list[int]:
    """Return the ids that getUpdates gives, counted from the first one as 0."""
    return [update["update_id"] - FIRST_ID for update in api.call("getUpdates", params)]


@pytest.fixture
def five(api: Api, ann: int) -> Api:
    for number in range(5):
        api.say(ann, f"message {number}")
    return api


def test_updates_come_again_until_an_offset_confirms_them(five: Api) -> None:
    assert ids(five) == [0, 1, 2, 3, 4]
    assert ids(five, offset=FIRST_ID + 2) == [2, 3, 4]
    assert ids(five) == [2, 3, 4]
    assert ids(five, offset=FIRST_ID + 5) == []


def test_a_negative_offset_keeps_only_the_newest_updates(five: Api) -> None:
    assert ids(five, offset=-2) == [3, 4]
    assert ids(five) == [3, 4]


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (4, 4), (0, 5), (-1, 5), (101, 5)])
def test_a_limit_outside_1_to_100_means_100(five: Api, limit: int, count: int) -> None:
    assert len(ids(five, limit=limit)) == count


def test_at_most_100_updates_come_at_once(api: Api, ann: int) -> None:
    for _ in range(101):
        api.say(ann, "hello")

    assert len(ids(api)) == 100


def test_ids_that_jump_down_are_not_lost_to_the_old_offset(five: Api, ann: int) -> None:
    ids(five, offset=FIRST_ID + 5)
    five.world.updates.next_id -= 1_000_000
    five.say(ann, "after a week of silence")

    assert ids(five, offset=FIRST_ID + 5) == [5 - 1_000_000]


def test_only_the_kinds_that_the_bot_asked_for_are_queued(api: Api, ann: int) -> None:
    api.call("getUpdates", {"allowed_updates": ["callback_query"]})
    message = api.call("sendMessage", {"chat_id": ann, "text": "hi"})
    api.say(ann, "not wanted")
    api.tap(ann, message["message_id"], "x", force=True)

    assert [set(update) - {"update_id"} for update in api.call("getUpdates", {})] == [
        {"callback_query"}
    ]


def test_an_empty_list_of_kinds_means_all_usual_kinds_again(api: Api, ann: int) -> None:
    api.call("getUpdates", {"allowed_updates": '["callback_query"]'})
    api.call("getUpdates", {"allowed_updates": "[]"})
    api.say(ann, "wanted again")

    assert ids(api) == [0]
    assert api.world.updates.push("message_reaction", {}) is None


def test_an_injected_update_comes_as_malformed_as_it_is(api: Api) -> None:
    api.inject({"message": {"text": 7}})
    api.inject({"update_id": 3, "nonsense": None})

    assert api.call("getUpdates", {}) == [
        {"update_id": FIRST_ID, "message": {"text": 7}},
        {"update_id": 3, "nonsense": None},
    ]


def test_getupdates_is_refused_while_a_webhook_is_set(five: Api) -> None:
    five.call("setWebhook", {"url": "https://bot.example.org/hook"})
    assert refusal(five, "getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to"
        " delete the webhook first"
    )
    assert five.call("getWebhookInfo", {})["pending_update_count"] == 5

    five.call("deleteWebhook", {})
    assert len(ids(five)) == 5


def test_deleting_the_webhook_can_drop_what_waits(five: Api) -> None:
    five.call("deleteWebhook", {"drop_pending_updates": True})

    assert ids(five) == []


def test_a_webhook_address_must_be_https(api: Api) -> None:
    assert refusal(api, "setWebhook", url="http://bot.example.org") == (
        "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    )
