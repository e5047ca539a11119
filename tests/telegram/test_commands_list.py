"""The command list beside the input, published to a Bot API on a real socket."""

import pytest

from bot.flows.voice import Voice
from bot.telegram.commands import SHOWN, publish_commands
from tests.journeys.conftest import World
from tests.telegram.fake_api import FakeApi, connected, serving


async def test_every_language_gets_its_own_words_for_the_same_commands(world: World) -> None:
    person = world.person()
    await person.writes("/start")
    told = world.api.world.profile["commands"]

    assert {key.rpartition("/")[2] for key in told} == {"", "en", "ru"}
    assert {tuple(one["command"] for one in commands) for commands in told.values()} == {SHOWN}
    assert told["default/ru"] != told["default/en"] == told["default/"]


async def test_a_list_that_telegram_knows_is_not_sent_again(world: World) -> None:
    person = world.person()
    await person.writes("/start")
    sent = world.api.log.by_method["setMyCommands"]
    await world.stop_bot()
    await world.start_bot()
    await person.writes("/menu")

    assert world.api.log.by_method["setMyCommands"] == sent == 3


async def test_a_list_that_telegram_refuses_is_only_logged(
    voice: Voice, caplog: pytest.LogCaptureFixture
) -> None:
    api = FakeApi()
    api.refuse("getMyCommands", 400, "Bad Request: no")
    async with serving(api), connected(api.root) as bot:
        await bot.initialize()
        await publish_commands(bot, voice, "en")

    assert "commands not published" in caplog.text
    assert api.methods() == ["getMyCommands"]


@pytest.mark.parametrize("command", [name for name in SHOWN if name != "help"])
async def test_every_command_shown_has_an_answer_of_its_own(world: World, command: str) -> None:
    person = world.person()
    await person.writes("/help")
    help_text = person.last.text
    await person.writes(f"/{command}")

    assert person.last.text != help_text
