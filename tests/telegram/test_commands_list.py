"""The command list beside the input, published to a Bot API on a real socket."""

import pytest

from bot.flows.voice import Voice
from bot.telegram.commands import SHOWN, publish_profile
from tests.journeys.conftest import World, until
from tests.telegram.fake_api import FakeApi, connected, serving


async def test_every_language_gets_its_own_words_for_the_same_commands(world: World) -> None:
    calls = world.api.log.by_method
    await until(lambda: calls["getMyShortDescription"] == 3, "the whole profile")
    told = world.api.world.profile["commands"]

    assert {key.rpartition("/")[2] for key in told} == {"", "en", "ru"}
    assert {tuple(one["command"] for one in commands) for commands in told.values()} == {SHOWN}
    assert told["default/ru"] != told["default/en"] == told["default/"]


async def test_a_list_that_telegram_knows_is_not_sent_again(world: World) -> None:
    person = world.person()
    calls = world.api.log.by_method
    await until(lambda: calls["getMyShortDescription"] == 3, "the whole profile")
    sent = calls["setMyCommands"]
    await world.stop_bot()
    await world.start_bot()
    await until(lambda: calls["getMyShortDescription"] == 6, "the profile looked at again")
    await person.writes("/menu")

    assert calls["setMyCommands"] == sent == 3
    # English is told once: it is the default, too
    assert calls["setMyDescription"] == calls["setMyShortDescription"] == 2


async def test_a_list_that_telegram_refuses_is_only_logged(
    voice: Voice, caplog: pytest.LogCaptureFixture
) -> None:
    api = FakeApi()
    api.refuse("getMyCommands", 400, "Bad Request: no")
    async with serving(api), connected(api.root) as bot:
        await bot.initialize()
        await publish_profile(bot, voice, "en")

    assert "profile not published" in caplog.text
    assert api.methods() == ["getMyCommands"]


@pytest.mark.parametrize("command", [name for name in SHOWN if name != "help"])
async def test_every_command_shown_has_an_answer_of_its_own(world: World, command: str) -> None:
    person = world.person()
    await person.writes("/help")
    help_text = person.last.text
    await person.writes(f"/{command}")

    assert person.last.text != help_text
