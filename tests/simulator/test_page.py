"""The chat page in a real Chromium, over the real simulator, with a bot that speaks plain HTTP."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, Locator, Page, expect

from bot.simulator.api import DEMO_ACCESS, Api
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.server import Simulator
from tests.browser import launched, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")
Result = Any  # what a Bot API method returns is as various as the methods
START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "I agree", "callback_data": "yes", "style": "success"}],
        [{"text": "Delete", "callback_data": "no", "style": "danger"}],
    ]
}


class StubBot:
    """A bot that does what a test tells it, by plain HTTP calls."""

    def __init__(self, http: ClientSession, root: str) -> None:
        self._http = http
        self._root = f"{root}/bot{DEMO_ACCESS}"

    async def call(self, method: str, **params: object) -> Result:
        async with self._http.post(f"{self._root}/{method}", json=params) as answer:
            body = await answer.json()
        assert body["ok"], body
        result: Result = body["result"]
        return result

    async def next_tap(self) -> dict[str, Any]:
        updates = await self.call("getUpdates", offset=-1, timeout=5)
        query: dict[str, Any] = updates[-1]["callback_query"]
        return query


class House:
    """The simulator with one person, its bot, and pages that look at it."""

    def __init__(self, simulator: Simulator, bot: StubBot, browser: Browser) -> None:
        self.simulator = simulator
        self.bot = bot
        self.person = simulator.api.add_person("Alex", "en", started=True)
        self._browser = browser
        self._pages = AsyncExitStack()

    async def says(self, text: str = "Hello", **params: object) -> int:
        sent = await self.bot.call("sendMessage", chat_id=self.person, text=text, **params)
        return int(sent["message_id"])

    async def opens(
        self,
        *,
        size: tuple[int, int] = (1280, 800),
        scheme: Literal["dark", "light"] = "light",
        outages: bool = False,
    ) -> Page:
        url = self.simulator.url
        visit = opened(self._browser, url, size=size, scheme=scheme, outages=outages)
        return await self._pages.enter_async_context(visit)

    async def close(self) -> None:
        await self._pages.aclose()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as chromium:
        yield chromium


@pytest_asyncio.fixture(loop_scope="module")
async def empty(browser: Browser) -> AsyncIterator[Simulator]:
    controls = ServerOnlyControls(lambda: START)
    simulator = Simulator(Api(controls.now), controls, port=0)
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def house(empty: Simulator, browser: Browser) -> AsyncIterator[House]:
    async with ClientSession() as http:
        house = House(empty, StubBot(http, empty.url), browser)
        yield house
        await house.close()


def newest(page: Page) -> Locator:
    return page.get_by_role("article").last


async def overflow(page: Page) -> int:
    return int(await page.evaluate("document.documentElement.scrollWidth - innerWidth"))


async def test_a_message_is_shown_with_its_formatting_and_its_buttons(house: House) -> None:
    entities = [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "text_link", "offset": 8, "length": 4, "url": "https://example.org/"},
    ]
    await house.says("👋 Heat here", entities=entities, reply_markup=KEYBOARD)
    page = await house.opens()

    await expect(newest(page).locator("strong")).to_have_text("Heat")
    await expect(newest(page).get_by_role("link")).to_have_text("here")
    await expect(newest(page).get_by_role("button")).to_have_text(["I agree", "Delete"])
    await expect(newest(page).get_by_role("button", name="Delete")).to_have_class(
        re.compile("danger")
    )


async def test_markup_in_a_message_stays_text(house: House) -> None:
    await house.says("<img src=x onerror=alert(1)> & <b>so</b>")
    page = await house.opens()

    await expect(newest(page).locator(".text")).to_have_text(
        "<img src=x onerror=alert(1)> & <b>so</b>"
    )
    assert await newest(page).locator("img, b").count() == 0


async def test_a_moment_is_shown_in_the_readers_own_zone(house: House) -> None:
    moment = {
        "type": "date_time",
        "offset": 0,
        "length": 4,
        "unix_time": 1772434800,
        "date_time_format": "t",
    }
    await house.says("soon", entities=[moment])
    page = await house.opens()

    await expect(newest(page).locator("time.moment")).to_have_text("08:00")
    await page.get_by_label("Time zone shown").select_option("Asia/Tokyo")
    await expect(newest(page).locator("time.moment")).to_have_text("16:00")


async def test_a_tapped_button_waits_until_its_toast_comes(house: House) -> None:
    await house.says(reply_markup=KEYBOARD)
    page = await house.opens()
    button = newest(page).get_by_role("button", name="I agree")

    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = await house.bot.next_tap()
    await house.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Saved")

    await expect(page.locator("#toast")).to_have_text("Saved")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_opens_as_a_dialog_until_it_is_closed(house: House) -> None:
    await house.says(reply_markup=KEYBOARD)
    page = await house.opens()

    await newest(page).get_by_role("button", name="Delete").click()
    query = (await house.bot.next_tap())["id"]
    await house.bot.call(
        "answerCallbackQuery", callback_query_id=query, text="Sure?", show_alert=True
    )

    await page.get_by_role("dialog").get_by_role("button", name="OK").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_edit_keeps_one_bubble_and_the_focus_in_its_keyboard(house: House) -> None:
    message = await house.says("Before", reply_markup=KEYBOARD)
    page = await house.opens()
    await newest(page).get_by_role("button", name="Delete").focus()

    after = {
        "inline_keyboard": [
            [{"text": "Up", "callback_data": "u"}],
            [{"text": "Back", "callback_data": "b"}],
        ]
    }
    await house.bot.call(
        "editMessageText",
        chat_id=house.person,
        message_id=message,
        text="After",
        reply_markup=after,
    )

    await expect(newest(page).locator(".text")).to_have_text("After")
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(newest(page).get_by_role("button", name="Back")).to_be_focused()


async def test_an_edit_far_above_does_not_move_what_is_being_read(house: House) -> None:
    first = await house.says("Short")
    for number in range(40):
        await house.says(f"Line [{number}]")
    page = await house.opens()
    await expect(newest(page)).to_be_in_viewport()  # it has come to rest
    target = page.get_by_role("article").filter(has_text="[20]")
    await target.scroll_into_view_if_needed()
    place = await target.evaluate("node => node.getBoundingClientRect().top")

    await house.bot.call(
        "editMessageText", chat_id=house.person, message_id=first, text="Long\n" * 30
    )

    await expect(page.get_by_role("article").first).to_contain_text("Long")
    assert abs(await target.evaluate("node => node.getBoundingClientRect().top") - place) <= 1


async def test_the_newest_message_is_in_view_and_one_press_leads_back_to_it(house: House) -> None:
    for number in range(40):
        await house.says(f"Line [{number}]")
    page = await house.opens()
    await expect(newest(page)).to_be_in_viewport()

    await page.get_by_role("log").evaluate("log => log.scrollTo(0, 0)")
    await page.get_by_role("button", name="Scroll to the newest message").click()

    await expect(newest(page)).to_be_in_viewport()


async def test_enter_sends_and_shift_enter_begins_a_new_line(house: House) -> None:
    await house.says()
    page = await house.opens()
    field = page.get_by_role("textbox", name="Message")

    await field.press_sequentially("one")
    await field.press("Shift+Enter")
    await field.press_sequentially("two")
    await field.press("Enter")

    await expect(newest(page).locator(".text")).to_have_text("one\ntwo", use_inner_text=True)
    await expect(field).to_have_value("")


async def test_arrow_up_edits_the_last_own_message(house: House) -> None:
    house.simulator.api.say(house.person, "frist")
    page = await house.opens()
    field = page.get_by_role("textbox", name="Message")

    await field.press("ArrowUp")
    await expect(field).to_have_value("frist")
    await field.fill("first")
    await page.get_by_role("button", name="Send").click()

    await expect(newest(page).locator(".text")).to_have_text("first")
    await expect(newest(page).locator(".edited")).to_be_visible()


async def test_a_slash_offers_the_commands_of_the_clients_language(house: House) -> None:
    for code, words in (("", "Begin"), ("ru", "Начать")):
        commands = [{"command": "start", "description": words}]
        await house.bot.call("setMyCommands", commands=commands, language_code=code)
    await house.says()
    house.simulator.api.speak(house.person, "ru")
    page = await house.opens()

    await page.get_by_role("textbox", name="Сообщение").fill("/s")
    await page.get_by_role("option", name="/start Начать").click()

    await expect(newest(page).locator(".text")).to_have_text("/start")


async def test_a_first_visit_makes_a_person_who_can_press_start(
    empty: Simulator, browser: Browser
) -> None:
    async with opened(browser, empty.url, locale="ru-RU") as page:
        await page.get_by_role("button", name="НАЧАТЬ").click()

        await expect(newest(page).locator(".text")).to_have_text("/start")
        await expect(page.get_by_role("button", name="Алиса")).to_have_attribute(
            "aria-current", "true"
        )


async def test_a_new_person_gets_a_chat_in_their_own_language(house: House) -> None:
    page = await house.opens()

    await page.get_by_role("button", name="New person").click()
    await page.get_by_label("First name").fill("Вера")
    await page.get_by_role("dialog").get_by_label("Language of my Telegram").select_option("ru")
    await page.get_by_role("button", name="Create").click()

    await expect(page.get_by_role("button", name="НАЧАТЬ")).to_be_visible()


async def test_a_blocked_bot_leaves_only_the_way_to_unblock_it(house: House) -> None:
    await house.says()
    page = await house.opens()

    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    await expect(page.get_by_role("textbox", name="Message")).to_be_hidden()
    await page.get_by_role("button", name="UNBLOCK", exact=True).click()

    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()


@pytest.mark.parametrize("kind", ["Photo", "Sticker", "Voice message", "Poll", "Location"])
async def test_what_is_attached_shows_as_a_named_stand_in(house: House, kind: str) -> None:
    await house.says()
    page = await house.opens()

    await page.get_by_role("button", name="Attach").click()
    await page.get_by_role("menuitem", name=kind).click()

    await expect(newest(page).get_by_role("img", name=kind)).to_be_visible()


@pytest.mark.parametrize(
    ("button", "shown"),
    [
        ("+10 min", "08:40 Monday 2 March 2026"),
        ("+1 h", "09:30 Monday 2 March 2026"),
        ("Next morning", "07:55 Tuesday 3 March 2026"),
    ],
)
async def test_a_clock_button_turns_the_clock(house: House, button: str, shown: str) -> None:
    page = await house.opens()
    await expect(page.locator("#clock")).to_have_text(re.compile("08:30"))

    await page.get_by_role("button", name=button).click()

    time, day = shown.split(" ", 1)
    await expect(page.locator("#clock")).to_have_text(time)
    await expect(page.locator(".day-name")).to_have_text(re.compile(day.replace(" ", ",? ")))


async def test_a_chosen_moment_is_read_in_the_chosen_zone(house: House) -> None:
    page = await house.opens()

    await page.get_by_label("Date and time").fill("2026-07-01T12:00")
    await page.get_by_role("button", name="Set clock").click()

    await expect(page.locator("#clock")).to_have_text("12:00")
    await expect(page.locator(".day-name")).to_contain_text("1 July 2026 UTC+2")
    assert house.simulator.api.world.now() == datetime(2026, 7, 1, 10, tzinfo=UTC)


async def test_the_server_alone_offers_neither_reminders_nor_a_restart(house: House) -> None:
    page = await house.opens()

    await expect(page.get_by_role("button", name="+10 min")).to_be_visible()
    await expect(page.get_by_role("button", name="Next reminder")).to_be_hidden()
    await expect(page.get_by_role("button", name="Restart the bot")).to_be_hidden()


async def test_the_theme_follows_the_system_until_it_is_switched_and_is_remembered(
    house: House,
) -> None:
    page = await house.opens(scheme="dark")
    ground = "getComputedStyle(document.getElementById('head')).backgroundColor"
    assert await page.evaluate(ground) == "rgb(23, 33, 43)"

    await page.get_by_role("button", name="Light mode").click()
    await page.reload()

    assert await page.evaluate(ground) == "rgb(255, 255, 255)"


async def test_nothing_scrolls_sideways_on_a_narrow_phone(house: House) -> None:
    row = [
        {"text": "A label that is far too long for it", "callback_data": str(n)} for n in range(4)
    ]
    await house.says("word" * 200, reply_markup={"inline_keyboard": [row]})
    page = await house.opens(size=(360, 740))

    await expect(newest(page)).to_be_visible()
    assert await overflow(page) == 0
    assert await page.get_by_role("log").evaluate("log => log.scrollWidth - log.clientWidth") == 0


async def test_on_a_phone_the_drawer_is_a_sheet_over_the_chat(house: House) -> None:
    await house.says()
    page = await house.opens(size=(360, 740))
    tools = page.get_by_role("button", name="Try-out", exact=True)
    sheet = page.get_by_role("dialog", name="Try-out")
    await expect(sheet).to_be_hidden()

    await tools.click()
    await expect(page.get_by_role("button", name="Close the try-out")).to_be_focused()
    await expect(page.locator("#chat")).to_have_attribute("inert", "")
    assert await overflow(page) == 0
    await page.keyboard.press("Escape")

    await expect(sheet).to_be_hidden()
    await expect(tools).to_be_focused()


async def test_on_a_desk_the_drawer_stays_closed_once_it_was_closed(house: House) -> None:
    page = await house.opens()

    await page.get_by_role("button", name="Close the try-out").click()
    await page.reload()
    await expect(page.get_by_role("complementary", name="Try-out")).to_be_hidden()
    await page.get_by_role("button", name="Try-out", exact=True).click()

    await expect(page.get_by_role("complementary", name="Try-out")).to_be_visible()


async def test_a_message_without_a_sound_has_a_muted_bell(house: House) -> None:
    await house.says("Loud")
    await house.says("Quiet", disable_notification=True)
    page = await house.opens()

    await expect(newest(page).get_by_role("img", name="Sent without sound")).to_be_visible()
    assert await page.get_by_role("img", name="Sent without sound").count() == 1


async def test_an_empty_chat_says_in_the_persons_language_what_the_bot_can_do(
    house: House,
) -> None:
    await house.bot.call("setMyDescription", description="A quiet bot")
    page = await house.opens()
    await expect(page.get_by_text("A quiet bot", exact=True)).to_be_visible()

    await house.bot.call("setMyDescription", description="Тихий бот", language_code="ru")
    house.simulator.api.speak(house.person, "ru")
    await expect(page.get_by_text("Тихий бот", exact=True)).to_be_visible()
    await house.says()

    await expect(page.get_by_text("Тихий бот", exact=True)).to_have_count(0)


async def test_commands_of_this_chat_come_before_those_of_all(house: House) -> None:
    for scope, words in (
        ({"type": "default"}, "All"),
        (
            {"type": "chat", "chat_id": house.person},
            "Mine",
        ),
    ):
        listed = [{"command": "start", "description": words}]
        await house.bot.call("setMyCommands", commands=listed, scope=scope)
    await house.says()
    page = await house.opens()

    await page.get_by_role("button", name="Menu").click()

    await expect(page.get_by_role("menuitem", name="/start Mine")).to_be_visible()


async def test_the_page_recovers_by_itself_when_the_server_was_away(house: House) -> None:
    await house.says()
    page = await house.opens(outages=True)
    await expect(newest(page)).to_be_visible()

    await house.simulator.stop()
    await expect(page.get_by_text("reconnecting…")).to_be_visible()
    await house.simulator.start()
    await house.says("Back again")

    await expect(newest(page).locator(".text")).to_have_text("Back again")
    await expect(page.get_by_text("reconnecting…")).to_have_count(0)


async def test_a_person_with_only_a_keyboard_reaches_field_and_buttons(house: House) -> None:
    listed = [{"command": "start", "description": "Begin"}]
    await house.bot.call("setMyCommands", commands=listed)
    await house.says(reply_markup=KEYBOARD)
    page = await house.opens()
    await expect(newest(page)).to_be_visible()

    seen = []
    for _ in range(40):
        await page.keyboard.press("Tab")
        seen.append(
            await page.evaluate(
                "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
            )
        )

    assert [
        name for name in ("I agree", "Delete", "Menu", "Message", "Send") if name not in seen
    ] == []


async def test_the_drawer_says_where_an_edit_of_the_content_is_broken_until_it_is_mended(
    house: House,
) -> None:
    page = await house.opens()
    line = page.get_by_role("alert").filter(has_text="faq/light/en.md:6")
    house.simulator.notice.put("faq/light/en.md:6: Here is <b>HTML</b>.")
    await expect(line).to_contain_text("Here is <b>HTML</b>.")

    house.simulator.notice.put("")
    await expect(line).to_have_count(0)
