"""Updates as Telegram may send them, over HTTP: ids that begin again, a flood, one that comes twice."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core import actions as act
from bot.ops.logs import TALKATIVE, Redacted
from bot.simulator.faults import Fault
from bot.telegram.callbacks import encode
from bot.telegram.intake.webhook import Webhook
from tests.journeys.conftest import HOOK_SECRET, World, a_world, until
from tests.journeys.test_first_evening import settle_in

FLOOD = 300
SLOW_DOWN = "That is too fast for me."


@pytest.fixture(params=["polling", "webhook"])
async def world(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    async with a_world(tmp_path, hooked=request.param == "webhook") as made:
        yield made


async def test_ids_that_go_down_by_a_million_leave_nobody_unanswered(world: World) -> None:
    people = [world.person(f"P{number}") for number in range(4)]
    for number, person in enumerate(people):
        await person.writes("/menu")
        world.api.world.updates.next_id -= 1_000_000 * (number + 1)
        await person.writes("/privacy")
        assert len(person.replies) == 2
    await world.stop_bot()
    world.api.world.updates.next_id -= 1_000_000
    for person in people:
        world.api.say(person.chat, "/menu")
    await world.start_bot()
    await world.handled()

    assert [len(person.replies) for person in people] == [3] * 4


async def test_of_a_flood_of_taps_a_few_are_written_and_one_line_says_so(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await flood(world)


async def flood(world: World) -> None:
    flooder, other = world.person("Flooder"), world.person("Other")
    await settle_in(flooder)
    before, texts = len(flooder.replies), Counter[str]()
    for number in range(FLOOD):
        act_now = act.SetMorning(on=number % 2 == 0)
        world.api.tap(flooder.chat, 1, encode(act_now, "en"), force=True)
    await other.writes("/menu")
    await until(lambda: len(flooder.replies) > before, "a line to who floods")
    texts.update(message.text for message in flooder.replies[before:])

    assert sum(n for text, n in texts.items() if text.startswith(SLOW_DOWN)) == 1
    assert texts.total() <= 8
    assert not world.api.world.queries
    assert other.replies


async def test_an_update_whose_answer_telegram_missed_has_its_effect_once(tmp_path: Path) -> None:
    async with a_world(tmp_path, hooked=True) as world:
        person = world.person()
        await settle_in(person)
        world.simulator.faults.order(Fault("webhook", "drop-after"))
        world.api.tap(person.chat, 1, encode(act.Consent(agreed=True), "en"), force=True)
        await world.handled()
        world.simulator.faults.order(Fault("webhook", "502", times=2))
        await person.writes("/menu")

        assert person.labels[0] == "Questions and answers"
        await until(lambda: not world.api.world.queries, "the tap is answered")


async def test_at_the_stop_the_webhook_stays_and_what_comes_meanwhile_is_answered_later(
    tmp_path: Path,
) -> None:
    async with a_world(tmp_path, hooked=True) as world:
        person = world.person()
        await person.writes("/menu")
        await world.stop_bot()
        assert world.api.world.hook.url
        world.api.say(person.chat, "/privacy")
        app = await world.start_bot()
        await world.handled()

        assert isinstance(app.way_in, Webhook)
        assert len(person.replies) == 2
        assert app.ready()["telegram"]


async def test_a_bot_that_asks_again_takes_its_webhook_away(tmp_path: Path) -> None:
    async with a_world(tmp_path, hooked=True) as world:
        await world.stop_bot()
        world.hooked = False
        person = world.person()
        world.api.say(person.chat, "/menu")
        await world.start_bot()
        await world.handled()

        assert (world.api.world.hook.url, len(person.replies)) == ("", 1)


async def test_the_secret_of_the_webhook_stands_in_no_line_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for name in TALKATIVE:  # as if no test before had quietened them
        caplog.set_level("DEBUG", name)
    async with a_world(tmp_path, hooked=True) as world:
        await world.person().writes("/menu")
    lines = [Redacted(as_json=True).format(record) for record in caplog.records]

    assert len(lines) > 10
    assert [line for line in lines if HOOK_SECRET in line] == []
