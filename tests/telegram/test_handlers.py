"""What each kind of update leads to, by the real bot on a real socket."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app import App
from bot.telegram.handlers import _there
from tests.journeys.conftest import World, until

ACUTE = "my legs went numb and I cannot pee"
REFERRAL = "This may need urgent help."
OLD_DATA = ["", "x", "9" * 64, "1:en:entry:gone-long-ago", "1:xx:home", "0:en:home", "1:en:done:0"]
WITH_CAPTION = ["photo", "voice", "document", "animation"]


RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip


def change(world: World, chat: int, kind: str, status: str) -> dict[str, Any]:
    """Return the update that tells the bot of its new place in a group or channel."""
    bot = world.api.world.bot()
    rights = dict.fromkeys(RIGHTS, False) if status == "administrator" else {}
    told = {
        "chat": {"id": chat, "type": kind, "title": "News"},
        "from": {"id": 5, "is_bot": False, "first_name": "A"},
        "date": 1,
        "old_chat_member": {"status": "member", "user": bot},
        "new_chat_member": {"status": status, "user": bot, **rights},
    }
    return {"my_chat_member": told}


def answer_taps_with(app: App, flow: Callable[..., Awaitable[object]]) -> None:
    """Put ``flow`` in the place of every use case behind a button."""
    tap: Any = app.telegram.application.handlers[0][0].callback
    routes = tap.__self__.reception.routes
    for action in routes:
        routes[action] = flow


async def left(world: World, chat: int) -> list[str]:
    """Wait until the bot left a chat; return what it said there."""
    await until(lambda: world.api.log.by_method["leaveChat"], "the bot leaving")
    await world.handled()
    return [message.text for message in world.api.world.chats[chat].messages.values()]


@pytest.mark.parametrize("kind", WITH_CAPTION)
async def test_an_acute_caption_gets_the_referral_and_nothing_beside_it(
    world: World, kind: str
) -> None:
    person = world.person()
    world.api.send_media(person.chat, kind, ACUTE)
    await world.handled()

    assert [REFERRAL in message.text for message in person.replies] == [True]


async def test_a_voice_message_is_told_that_nobody_listens_and_what_to_do(world: World) -> None:
    person = world.person()
    world.api.send_media(person.chat, "voice")
    await world.handled()

    assert "112" in person.last.text
    assert "Questions and answers" in person.labels


async def test_old_and_forged_buttons_get_a_fresh_menu_and_an_answered_query(world: World) -> None:
    person = world.person()
    await person.writes("/menu")
    for data in OLD_DATA:
        query = world.api.tap(person.chat, person.last.message_id, data, force=True)
        await world.handled()
        assert query not in world.api.world.queries
        assert person.labels, data


async def test_a_tap_on_a_message_that_is_gone_is_answered_anew(world: World) -> None:
    person = world.person()
    await person.writes("/start")
    world.api.tap(person.chat, 4242, "1:en:home", force=True)
    await world.handled()

    assert "Questions and answers" in person.labels


@pytest.mark.parametrize("text", ["/MENU", "/menu@unknot_simulator_bot", "/menu now", "/menu\nnow"])
async def test_a_command_is_known_however_it_is_written(world: World, text: str) -> None:
    person = world.person()
    await person.writes(text)

    assert "Questions and answers" in person.labels


async def test_a_message_in_a_group_is_answered_by_leaving(world: World) -> None:
    person = world.person()
    await world.stop_bot()
    group = world.api.add_group("Office")
    world.api.world.updates.clear()
    world.api.say_in_group(group, ACUTE, person.chat)
    await world.start_bot()
    said = await left(world, group)

    assert len(said) == 2
    assert "112" in said[1]


async def test_a_channel_is_left_without_a_word(world: World) -> None:
    group = world.api.add_group("News")
    said = await left(world, group)
    world.api.inject(change(world, group, "channel", "administrator"))
    await until(lambda: world.api.log.by_method["leaveChat"] > 1, "the bot leaving again")

    assert len(world.api.world.chats[group].messages) == len(said)


async def test_a_group_that_put_the_bot_out_is_not_left_once_more(world: World) -> None:
    world.api.inject(change(world, -5, "group", "left"))
    await world.person().writes("/start")

    assert not world.api.log.by_method["leaveChat"]


async def test_a_person_who_comes_back_is_not_written_to_before_they_write(world: World) -> None:
    person = world.person()
    await person.writes("/start")
    before = len(person.replies)
    world.api.block(person.chat)
    world.api.unblock(person.chat)
    await world.handled()

    assert len(person.replies) == before


async def test_a_flow_that_fails_leaves_no_button_spinning(world: World) -> None:
    person = world.person()
    await world.stop_bot()
    app = await world.start_bot()
    await person.writes("/menu")

    async def fail(*_: object) -> None:
        await asyncio.sleep(0)
        raise RuntimeError("ours")

    answer_taps_with(app, fail)
    query = world.api.tap(person.chat, person.last.message_id, "1:en:home", force=True)
    await world.handled()

    assert query not in world.api.world.queries
    assert app.build().door.counts["failed"] == 3


async def test_a_tap_that_was_given_up_has_no_effect_later(world: World) -> None:
    person = world.person()
    await world.stop_bot()
    app = await world.start_bot()
    await person.writes("/menu")
    app.build().door.open_seconds = 0.05
    ended: list[str] = []

    async def hang(*_: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    answer_taps_with(app, hang)
    query = world.api.tap(person.chat, person.last.message_id, "1:en:home", force=True)
    await until(lambda: query not in world.api.world.queries, "an answer to the tap")

    assert (ended, app.build().door.counts["expired"]) == (["cancelled"], 1)


def test_a_handler_refuses_an_update_of_another_kind() -> None:
    with pytest.raises(ValueError, match="another kind"):
        _there(None)
