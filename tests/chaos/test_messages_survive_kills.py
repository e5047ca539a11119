"""Messages across kill -9 and SIGTERM: what was sent to the bot is answered after the restart."""

from functools import partial
from pathlib import Path

from bot.simulator.api import Api
from bot.simulator.faults import Fault
from tests.chaos.house import KILLS, environment, python, telegram
from tests.journeys.conftest import until

ACUTE = "my legs went numb and I cannot pee"
REFERRAL = "This may need urgent help."
MENU = "What would help you now?"
LATE = "Sorry for the wait"  # the menu's place after minutes of kills
CHATS = range(1, 10 * KILLS + 1 if KILLS else 21)
PHASES = range(3, 10 * KILLS, 10) if KILLS else (3, 12)
LONGEST_SECONDS = 10 + len(CHATS) / 5


def answers(api: Api, chat: int, beginning: str = "") -> int:
    said = api.world.chats[chat].messages.values()
    return sum(m.sender != chat and m.text.startswith(beginning) for m in said)


def has_sent(api: Api, number: int) -> bool:
    return api.log.by_method["sendMessage"] >= number


async def test_an_acute_message_that_waits_at_a_kill_is_answered_after_the_restart(
    tmp_path: Path,
) -> None:
    async with telegram([1]) as (api, simulator):
        env = environment(tmp_path, simulator.url)
        simulator.faults.order(Fault("sendMessage", "502", times=1000))
        bot = await python(env, "bot", "run")
        api.say(1, ACUTE)
        await until(lambda: api.log.by_method["sendMessage"], "a try to send the referral")
        bot.kill()
        await bot.wait()
        assert answers(api, 1) == 0

        simulator.faults.clear()
        bot = await python(env, "bot", "run")
        await until(lambda: not len(api.world.updates), "the referral and its confirmation")
        bot.terminate()
        assert await bot.wait() == 0

    assert "This may need urgent help." in str(api.world.chats[1].messages)


async def test_kills_in_a_crowd_of_messages_lose_no_message(tmp_path: Path) -> None:
    async with telegram(CHATS) as (api, simulator):
        # fast enough that no answer waits its five seconds behind the referrals and is given up
        env = environment(tmp_path, simulator.url, BOT_SENDS_PER_SECOND="100")
        for chat in CHATS:
            api.say(chat, "/menu")
            api.say(chat, ACUTE)
        for handled in PHASES:
            bot = await python(env, "bot", "run")
            await until(partial(has_sent, api, handled), "some answers", LONGEST_SECONDS)
            bot.kill()
            await bot.wait()
        bot = await python(env, "bot", "run")
        await until(lambda: not len(api.world.updates), "all messages confirmed", LONGEST_SECONDS)
        bot.terminate()
        assert await bot.wait() == 0

    for chat in CHATS:
        assert answers(api, chat, REFERRAL) >= 1
        assert answers(api, chat, MENU) + answers(api, chat, LATE) >= 1
