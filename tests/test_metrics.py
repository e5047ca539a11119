"""The whole bot on the simulator, looked at through /metrics over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import aiohttp
import pytest

from benchmarks.processes import free_port
from bot.core.path_health import REPEAT_AFTER_ONE
from bot.ops import metrics
from bot.ops.described import METRICS
from bot.simulator.faults import Fault
from tests.journeys.conftest import (
    LOOK_AGAIN_SECONDS,
    PATIENCE_SECONDS,
    Person,
    World,
    world,
)
from tests.journeys.test_first_evening import ACUTE, REFERRAL, settle_in
from tests.ops.scraped import Labels, names, scraped, value
from tests.test_app import impatient, locked

__all__ = ["impatient", "world"]

DAY = timedelta(days=1)
LATE = "unknot_reminder_lateness_seconds_count"
ENDED = "unknot_occurrences_ended_total"


class Scraper:
    """Asks the bot of a world, as monitoring does."""

    def __init__(self, world: World, http: aiohttp.ClientSession) -> None:
        self._world = world
        self._http = http
        self.text = ""

    async def look(self) -> str:
        async with self._http.get(f"http://{self._world.listen}/metrics") as answer:
            assert answer.status == 200
            self.text = await answer.text()
        assert scraped(self.text)
        return self.text

    async def sees(self, name: str, expected: float, **labels: str) -> None:
        """Look again and again until one value is as expected."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                while value(await self.look(), name, **labels) != expected:  # noqa: ASYNC110 - over HTTP
                    await asyncio.sleep(LOOK_AGAIN_SECONDS)
        assert value(self.text, name, **labels) == expected


@pytest.fixture
async def scraper(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scraper]:
    monkeypatch.setattr(metrics, "KEPT_SECONDS", 0.0)
    world.listen = f"127.0.0.1:{free_port()}"
    await world.stop_bot()
    await world.start_bot()
    async with aiohttp.ClientSession() as http:
        yield Scraper(world, http)


async def wants_mornings(person: Person) -> None:
    await settle_in(person)
    await person.taps("Turn the morning reminder on")


def turn_to_the_morning(world: World, **later: int) -> None:
    morning = world.controls.now().replace(hour=7) + DAY
    world.controls.turn_to(morning + timedelta(**later))


async def refer(world: World, people: int) -> None:
    for number in range(people):
        person = world.person(f"P{number}")
        world.api.say(person.chat, ACUTE)
        await world.handled()
        assert REFERRAL in "".join(message.text for message in person.replies)


async def test_a_reminder_that_was_sent_has_its_lateness_and_its_end(
    world: World, scraper: Scraper
) -> None:
    await wants_mornings(world.person())
    before = await scraper.look()
    assert value(before, LATE, kind="morning") == 0
    turn_to_the_morning(world, seconds=90)

    await scraper.sees(ENDED, 1, end="sent")
    assert value(scraper.text, LATE, kind="morning") == 1
    assert value(scraper.text, LATE.replace("count", "sum"), kind="morning") == 90
    assert value(scraper.text, "unknot_lane_sends_total", lane="reminder") == 1
    assert value(scraper.text, "unknot_conservation_difference") == 0


async def test_a_person_who_is_gone_makes_an_undeliverable_reminder(
    world: World, scraper: Scraper
) -> None:
    person = world.person()
    await wants_mornings(person)
    world.simulator.faults.order(Fault("sendMessage", "403", chat=person.chat))
    turn_to_the_morning(world)

    await scraper.sees(ENDED, 1, end="undeliverable")
    tries = "unknot_reminder_tries_total"
    assert value(scraper.text, tries, kind="morning", fate="stopped") == 1
    assert value(scraper.text, LATE, kind="morning") == 0
    assert value(scraper.text, "unknot_conservation_difference") == 0


async def test_a_send_in_doubt_is_seen_as_one(world: World, scraper: Scraper) -> None:
    person = world.person()
    await wants_mornings(person)
    world.simulator.faults.order(Fault("sendMessage", "drop-after", chat=person.chat))
    turn_to_the_morning(world)

    await scraper.sees("unknot_reminder_tries_total", 1, kind="morning", fate="in-doubt")
    turn_to_the_morning(world, seconds=REPEAT_AFTER_ONE.seconds)
    await scraper.sees(ENDED, 1, end="sent")


async def test_counts_go_on_after_a_restart_and_a_deletion(world: World, scraper: Scraper) -> None:
    person = world.person()
    await wants_mornings(person)
    turn_to_the_morning(world)
    await scraper.sees(ENDED, 1, end="sent")
    await person.writes("/delete")
    await person.taps("Yes, delete")
    await world.stop_bot()
    await world.start_bot()

    await scraper.sees("unknot_occurrences_made_total", 1)
    assert value(scraper.text, ENDED, end="sent") == 1
    assert value(scraper.text, "unknot_conservation_difference") == 0
    assert value(scraper.text, LATE, kind="morning") == 0


async def test_five_referrals_do_not_show_today_and_show_tomorrow(
    world: World, scraper: Scraper
) -> None:
    today = world.controls.now().date().isoformat()
    await refer(world, 5)
    assert "unknot_referrals" not in names(await scraper.look())

    world.controls.turn_to(world.controls.now() + DAY)
    await scraper.sees("unknot_referrals", 5, day=today)


async def test_four_referrals_are_never_shown(world: World, scraper: Scraper) -> None:
    await refer(world, 4)
    world.controls.turn_to(world.controls.now() + DAY)

    assert "unknot_referrals" not in names(await scraper.look())


async def test_no_counter_tells_a_referral_from_an_answer(world: World, scraper: Scraper) -> None:
    async def moved(text: str) -> dict[tuple[str, Labels], float]:
        person = world.person()
        await person.writes("/start")
        before = scraped(await scraper.look())
        await person.writes(text)
        return {
            (name, labels): number - before[name, labels]
            for (name, labels), number in scraped(await scraper.look()).items()
            if name.endswith(("_total", "_count")) and number != before[name, labels]
        }

    answer = frozenset({("lane", "answer")})
    usual = await moved("my back is stiff")
    assert usual["unknot_lane_sends_total", answer] == 1
    assert await moved(ACUTE) == usual


async def test_with_the_database_locked_the_page_still_answers(
    world: World, scraper: Scraper
) -> None:
    person = world.person()
    await settle_in(person)
    async with locked(world.folder):
        text = await scraper.look()

    assert value(text, "unknot_occurrences_made_total") == 0


@pytest.mark.usefixtures("impatient")
async def test_a_database_that_cannot_be_opened_is_left_out_and_said_to_be_down(
    world: World, scraper: Scraper
) -> None:
    await world.stop_bot()
    async with locked(world.folder):
        await world.start_bot()
        text = await scraper.look()
        assert value(text, "unknot_database_up") == 0
        assert value(text, "unknot_ready", check="database") == 0
        assert "unknot_occurrences_made_total" not in names(text)
        assert value(text, "unknot_send_rate") == 29

    await scraper.sees("unknot_database_up", 1)


@pytest.mark.usefixtures("impatient")
async def test_a_database_that_takes_no_writes_is_down_and_read(
    world: World, scraper: Scraper
) -> None:
    person = world.person()
    await settle_in(person)
    async with locked(world.folder):
        await person.taps("Turn the morning reminder on")
        await scraper.sees("unknot_database_up", 0)
        assert value(scraper.text, "unknot_conservation_difference") == 0


async def test_every_described_metric_can_be_seen(world: World, scraper: Scraper) -> None:
    for number in range(5):
        await wants_mornings(world.person(f"P{number}"))
    await refer(world, 5)
    for number in range(5):
        await wants_mornings(world.person(f"Q{number}"))
    turn_to_the_morning(world)
    await scraper.sees("unknot_ready", 1, check="content")
    await scraper.sees(ENDED, 10, end="sent")  # five mornings, and five are asked how they are

    assert names(scraper.text) == {one.name for one in METRICS}


async def test_the_page_names_nobody_and_repeats_no_word(world: World, scraper: Scraper) -> None:
    person = world.person("Zebedee")
    await wants_mornings(person)
    await person.writes("canary-zebra-words")
    text = await scraper.look()

    assert str(person.chat) not in text
    assert "zebra" not in text.lower()
    assert "Zebedee" not in text
    assert "Berlin" not in text
