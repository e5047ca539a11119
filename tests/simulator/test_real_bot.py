"""python-telegram-bot, the library that the real bot uses, understands all that we answer."""

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MessageEntity,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.simulator.api import DEMO_ACCESS
from bot.simulator.faults import Fault
from tests.simulator.conftest import START, Client

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go", style="danger")]])
PNG = b"\x89PNG"


@pytest.fixture
async def bot(client: Client) -> AsyncIterator[Bot]:
    bot = Bot(DEMO_ACCESS, base_url=f"{client.simulator.url}/bot")
    async with bot:
        yield bot
    assert client.api.warnings == []


@pytest.fixture
def ann(client: Client) -> int:
    return client.api.add_person("Ann", "ru", started=True)


async def updates(bot: Bot) -> list[Update]:
    return list(await bot.get_updates(timeout=1))


async def test_it_learns_who_it_is(bot: Bot) -> None:
    assert (await bot.get_me()).is_bot
    assert bot.username == "unknot_simulator_bot"


async def test_it_reads_what_it_sent_and_edited(bot: Bot, ann: int) -> None:
    marks = [MessageEntity("bold", 0, 2), MessageEntity("date_time", 3, 5, unix_time=START)]
    sent = await bot.send_message(ann, "At 08:00", entities=marks, reply_markup=KEYBOARD)
    edited = await sent.edit_text("Done")

    assert list(sent.entities) == marks
    assert sent.reply_markup == KEYBOARD
    assert isinstance(edited, type(sent))
    assert (edited.text, edited.reply_markup, edited.message_id) == ("Done", None, sent.message_id)


async def test_it_reads_words_edits_and_taps(client: Client, bot: Bot, ann: int) -> None:
    said = client.api.say(ann, "/start now")
    client.api.edit(ann, said, "/help")
    sent = await bot.send_message(ann, "Choose", reply_markup=KEYBOARD)
    client.api.tap(ann, sent.message_id, "go")
    written, edited, tapped = await updates(bot)

    assert written.message is not None
    assert written.message.parse_entities() == {written.message.entities[0]: "/start"}
    assert edited.edited_message is not None
    assert tapped.callback_query is not None
    assert tapped.callback_query.message == sent
    assert await tapped.callback_query.answer("ok", show_alert=True)


@pytest.mark.parametrize(
    "kind", ["photo", "sticker", "voice", "poll", "location", "document", "video_note", "animation"]
)
async def test_it_reads_each_kind_of_media(client: Client, bot: Bot, ann: int, kind: str) -> None:
    client.api.send_media(ann, kind)
    [update] = await updates(bot)

    assert getattr(update.message, kind)


async def test_it_reads_blocking_groups_and_lost_messages(
    client: Client, bot: Bot, ann: int
) -> None:
    client.api.block(ann)
    client.api.unblock(ann)
    client.api.add_group("Back school")
    client.api.tap(ann, 999, "old", force=True)
    *changes, tap = await updates(bot)

    states = [change.my_chat_member.new_chat_member.status for change in changes]  # type: ignore[union-attr]  # else the test fails
    assert states == ["kicked", "member", "member"]
    assert tap.callback_query is not None
    assert tap.callback_query.message is not None
    assert not tap.callback_query.message.is_accessible


async def test_it_sends_pictures_and_films_and_changes_them(bot: Bot, ann: int) -> None:
    sent = await bot.send_photo(ann, PNG, caption="look", reply_markup=KEYBOARD)
    again = await bot.send_photo(ann, sent.photo[-1].file_id)
    assert again.photo == sent.photo
    film = await bot.send_animation(ann, PNG)
    assert film.animation is not None

    changed = await film.edit_media(InputMediaPhoto(PNG, caption="new"))
    assert isinstance(changed, type(film))
    assert changed.caption == "new"
    assert await sent.edit_caption("other")
    assert await sent.edit_reply_markup(KEYBOARD)
    assert await sent.delete()


async def test_it_introduces_itself(bot: Bot, ann: int) -> None:
    commands = [BotCommand("help", "What I can do")]
    assert await bot.set_my_commands(commands, language_code="ru")
    assert list(await bot.get_my_commands(language_code="ru")) == commands
    assert await bot.set_my_description("A quiet bot")
    assert (await bot.get_my_description()).description == "A quiet bot"
    assert await bot.set_my_short_description("quiet", language_code="ru")
    assert await bot.set_my_name("Unknot")
    assert await bot.set_chat_menu_button()
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert (await bot.get_chat(ann)).first_name == "Ann"


@pytest.mark.filterwarnings("ignore:.*retry_after")
async def test_it_meets_telegrams_errors_as_its_own(client: Client, bot: Bot, ann: int) -> None:
    sent = await bot.send_message(ann, "hi")
    with pytest.raises(BadRequest, match="essage is not modified"):
        await sent.edit_text("hi")
    client.api.block(ann)
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(ann, "hi")
    client.simulator.faults.order(Fault("sendMessage", "429", seconds=5))
    with pytest.raises(RetryAfter):
        await bot.send_message(ann, "hi")
    await bot.set_webhook("https://bot.example.org")
    with pytest.raises(Conflict):
        await bot.get_updates()


async def test_a_wrong_token_is_told(client: Client) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("5:wrong", base_url=f"{client.simulator.url}/bot"):
            pass
