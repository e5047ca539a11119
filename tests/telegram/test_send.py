"""Screens sent through the real bot to a Bot API on a socket."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from telegram.error import BadRequest, InvalidToken, NetworkError

from bot.core import actions as act
from bot.core.plans import Fate, Outcome
from bot.core.screens import Button, Screen
from bot.core.text import Span, Text
from bot.ports import Courier, NotWantedError
from bot.telegram.callbacks import decode
from bot.telegram.limiter import Pacer
from bot.telegram.pacing import Lane
from bot.telegram.place import Tapped, message_id_of
from bot.telegram.reopened import Reopened
from bot.telegram.send import ANSWERED_KEPT, Sender
from tests.telegram.fake_api import FakeApi, connected, placer, serving
from tests.telegram.sockets import deaf_address

CHAT = 5
TAPPED = Tapped(7)
MENU = ((Button("Menu", act.Home()),),)
SCREEN = Screen((Text("Warm it.", (Span(0, 4, "bold"),)),), MENU)
REFERRAL = Screen((Text("Call 112."),), MENU, urgent=True)
BLOCKED = (403, "Forbidden: bot was blocked by the user")
ENTITIES = (400, "Bad Request: can't parse entities: unsupported")
TOO_OLD = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
NOT_MODIFIED = (400, "Bad Request: message is not modified: same content")


@dataclass
class House:
    api: FakeApi
    sender: Sender
    pacer: Pacer
    stopped: list[int] = field(default_factory=list)

    @property
    def waits(self) -> list[tuple[float, float]]:
        reopened = self.sender.reopened
        assert isinstance(reopened, NobodyWaits)
        return reopened.asked


@dataclass(slots=True)
class NobodyWaits(Reopened):
    """Says at once, to who would wait, whether a message arrived; notes for how long they would."""

    asked: list[tuple[float, float]] = field(default_factory=list)
    arrives: bool = False
    noted: int = 0

    def note(self) -> None:
        self.noted += 1

    async def within(self, least: float, most: float) -> bool:
        self.asked.append((least, most))
        return self.arrives


@pytest.fixture
async def house() -> AsyncIterator[House]:
    api, stopped = FakeApi(), []

    async def on_stopped(chat: int) -> None:
        stopped.append(chat)

    async with serving(api) as root, connected(root) as bot:
        assert isinstance(bot.rate_limiter, Pacer)
        sender = Sender(bot, placer(bot, on_stopped), on_stopped, NobodyWaits())
        yield House(api, sender, bot.rate_limiter, stopped)


async def test_a_message_is_answered_with_a_new_one(house: House) -> None:
    assert await house.sender.show(SCREEN, chat=CHAT) == 101
    assert house.api.methods() == ["sendMessage"]
    assert house.api.params("sendMessage") == {
        "chat_id": CHAT,
        "text": "Warm it.",
        "entities": [{"type": "bold", "offset": 0, "length": 4}],
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": [[{"text": "Menu", "callback_data": "1:en:home"}]]},
    }


async def test_a_tap_gets_its_toast_and_the_message_is_edited_in_place(house: House) -> None:
    screen = Screen(SCREEN.blocks, toast="Saved")

    assert await house.sender.show(screen, chat=CHAT, tapped=TAPPED, query_id="q") == 7
    assert sorted(house.api.methods()) == ["answerCallbackQuery", "editMessageText"]
    assert house.api.params("answerCallbackQuery") == {"callback_query_id": "q", "text": "Saved"}
    assert house.api.params("editMessageText")["message_id"] == 7


async def test_toast_and_edit_are_under_way_together(house: House) -> None:
    house.api.meeting = asyncio.Barrier(2)  # neither is answered before both are there

    async with asyncio.timeout(5):
        assert await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED, query_id="q") == 7


async def test_a_screen_without_a_toast_still_answers_the_tap(house: House) -> None:
    await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED, query_id="q")

    assert house.api.params("answerCallbackQuery") == {"callback_query_id": "q"}


async def test_a_long_toast_is_cut_to_what_telegram_takes(house: House) -> None:
    screen = Screen(SCREEN.blocks, toast="a" * 300)
    await house.sender.show(screen, chat=CHAT, tapped=TAPPED, query_id="q")

    assert house.api.params("answerCallbackQuery")["text"] == "a" * 200


async def test_a_tap_answered_early_is_not_answered_again(house: House) -> None:
    await house.sender.answer_early("q")
    await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED, query_id="q")

    assert house.api.methods() == ["answerCallbackQuery", "editMessageText"]


async def test_a_tap_whose_early_answer_failed_is_answered_with_its_screen(house: House) -> None:
    house.api.refuse("answerCallbackQuery", 500, "Internal Server Error")
    await house.sender.answer_early("q")
    await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED, query_id="q")

    assert house.api.methods().count("answerCallbackQuery") == 2


async def test_a_tap_is_answered_early_once_however_often_it_is_asked(house: House) -> None:
    await house.sender.answer_early("q")
    await house.sender.answer_early("q")

    assert house.api.methods() == ["answerCallbackQuery"]


async def test_taps_answered_early_and_never_shown_are_forgotten(house: House) -> None:
    for number in range(ANSWERED_KEPT + 1):
        await house.sender.answer_early(f"q{number}")
    await house.sender.show(SCREEN, chat=CHAT, query_id="q0")

    assert house.api.methods().count("answerCallbackQuery") == ANSWERED_KEPT + 2


async def test_a_tap_too_old_to_be_answered_still_shows_its_screen(house: House) -> None:
    house.api.refuse("answerCallbackQuery", *TOO_OLD)

    assert await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED, query_id="q") == 7


async def test_a_tap_that_telegram_has_no_time_for_still_shows_its_screen(house: House) -> None:
    house.api.refuse("answerCallbackQuery", 429, "Too Many Requests", retry_after=9)

    assert await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED, query_id="q") == 7


async def test_a_double_tap_that_changes_nothing_is_no_error(house: House) -> None:
    house.api.refuse("editMessageText", *NOT_MODIFIED)

    assert await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED, query_id="q") == 7
    assert "sendMessage" not in house.api.methods()


@pytest.mark.parametrize(
    "words", ["message to edit not found", "MESSAGE_ID_INVALID", "message identifier is not given"]
)
async def test_a_menu_whose_message_is_gone_comes_as_a_new_message(
    house: House, words: str
) -> None:
    house.api.refuse("editMessageText", 400, f"Bad Request: {words}")

    assert await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED) == 101
    assert house.api.methods() == ["editMessageText", "sendMessage"]


@pytest.mark.parametrize(
    "words", ["message can't be edited", "there is no text in the message to edit"]
)
async def test_a_message_that_cannot_turn_into_text_loses_its_buttons(
    house: House, words: str
) -> None:
    house.api.refuse("editMessageText", 400, f"Bad Request: {words}")
    house.api.refuse("editMessageReplyMarkup", 400, "Bad Request: message can't be edited")

    assert await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED) == 101
    assert house.api.methods() == ["editMessageText", "sendMessage", "editMessageReplyMarkup"]
    assert house.api.params("editMessageReplyMarkup") == {"chat_id": CHAT, "message_id": 7}


@pytest.mark.parametrize("tapped", [None, TAPPED])
async def test_a_refused_formatting_goes_out_as_plain_text(
    house: House, tapped: Tapped | None
) -> None:
    method = "editMessageText" if tapped else "sendMessage"
    house.api.refuse(method, *ENTITIES)
    await house.sender.show(SCREEN, chat=CHAT, tapped=tapped)

    assert house.api.methods() == [method, method]
    assert "entities" not in house.api.params(method)


async def test_a_plain_text_is_not_made_plainer(house: House) -> None:
    house.api.refuse("sendMessage", *ENTITIES)
    with pytest.raises(BadRequest):
        await house.sender.show(REFERRAL, chat=CHAT)


async def test_a_person_who_blocked_us_is_reported_and_no_error(house: House) -> None:
    house.api.refuse("sendMessage", *BLOCKED)

    assert await house.sender.show(SCREEN, chat=CHAT) is None
    assert house.stopped == [CHAT]


async def test_a_chat_that_is_gone_is_reported_and_no_error(house: House) -> None:
    house.api.refuse("editMessageText", 400, "Bad Request: chat not found")

    assert await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED) is None
    assert house.stopped == [CHAT]


async def test_an_answer_that_must_wait_too_long_counts_as_tried(house: House) -> None:
    house.api.refuse("sendMessage", 429, "Too Many Requests", retry_after=60)

    assert await house.sender.show(SCREEN, chat=CHAT) is None
    assert house.api.methods() == ["sendMessage"]


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText"])
async def test_a_refusal_that_is_our_mistake_is_an_error_after_both_calls(
    house: House, method: str
) -> None:
    house.api.refuse(method, 400, "Bad Request: BUTTON_DATA_INVALID")
    with pytest.raises(BadRequest):
        await house.sender.show(SCREEN, chat=CHAT, tapped=TAPPED, query_id="q")

    assert sorted(house.api.methods()) == ["answerCallbackQuery", "editMessageText"]


async def test_a_refused_token_is_an_error(house: House) -> None:
    house.api.refuse("sendMessage", 401, "Unauthorized")
    with pytest.raises(InvalidToken):
        await house.sender.show(SCREEN, chat=CHAT)


async def test_a_network_failure_of_an_answer_is_an_error(house: House) -> None:
    async with connected(deaf_address()) as bot:
        stopped = house.sender.on_stopped
        sender = Sender(bot, placer(bot, stopped), stopped)
        with pytest.raises(NetworkError):
            await sender.show(SCREEN, chat=CHAT)


async def test_each_screen_goes_out_in_the_lane_it_belongs_to(house: House) -> None:
    await house.sender.show(SCREEN, chat=1)
    await house.sender.show(REFERRAL, chat=2)
    await house.sender.refer(3, REFERRAL)
    await house.sender.remind(4, SCREEN)
    await house.sender.remind(5, SCREEN, paid=True)

    ones = {Lane.ANSWER: 1, Lane.REMINDER: 1, Lane.PAID: 1}
    assert house.pacer.traffic().sent == {**ones, Lane.REFERRAL: 2}


async def test_a_referral_is_taken_at_the_first_try(house: House) -> None:
    assert await house.sender.refer(CHAT, REFERRAL) is True
    assert house.api.texts() == ["Call 112."]


async def test_a_referral_is_tried_through_failures_until_telegram_takes_it(house: House) -> None:
    for code in (502, 500, 401, 409, 500, 500, 500, 500):
        house.api.refuse("sendMessage", code, "out of order")

    assert await house.sender.refer(CHAT, REFERRAL) is True
    pauses = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    assert house.waits == [(1.0, pause) for pause in pauses]


async def test_where_others_arrive_a_referral_that_does_not_is_tried_ever_more_rarely(
    house: House,
) -> None:
    house.sender.reopened = NobodyWaits(arrives=True)
    for _ in range(8):
        house.api.refuse("sendMessage", 500, "out of order")

    assert await house.sender.refer(CHAT, REFERRAL) is True
    assert [least for least, _ in house.waits] == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]


async def test_each_message_that_arrives_is_told_to_referrals_that_wait(house: House) -> None:
    reopened = house.sender.reopened = NobodyWaits()
    house.api.refuse("sendMessage", 500, "out of order")
    with pytest.raises(NetworkError):
        await house.sender.show(SCREEN, chat=CHAT)
    assert reopened.noted == 0

    await house.sender.show(SCREEN, chat=CHAT)
    await house.sender.remind(CHAT, SCREEN)
    await house.sender.refer(CHAT, REFERRAL)
    assert reopened.noted == 3


@pytest.mark.parametrize("refusal", [BLOCKED, (400, "Bad Request: chat not found")])
async def test_a_referral_to_a_person_who_is_gone_ends(
    house: House, refusal: tuple[int, str]
) -> None:
    house.api.refuse("sendMessage", *refusal)

    assert await house.sender.refer(CHAT, REFERRAL) is False
    assert house.stopped == [CHAT]


@pytest.mark.parametrize("words", ["can't parse entities", "BUTTON_DATA_INVALID"])
async def test_a_referral_that_telegram_refuses_goes_out_as_bare_text(
    house: House, words: str
) -> None:
    house.api.refuse("sendMessage", 400, f"Bad Request: {words}")

    assert await house.sender.refer(CHAT, Screen(SCREEN.blocks, MENU, urgent=True)) is True
    assert house.api.params("sendMessage").keys() == {"chat_id", "text", "link_preview_options"}


async def test_a_referral_refused_even_as_bare_text_ends(house: House) -> None:
    for _ in range(2):
        house.api.refuse("sendMessage", 400, "Bad Request: message text is empty")

    assert await house.sender.refer(CHAT, REFERRAL) is False
    assert house.stopped == []


async def test_a_referral_follows_a_chat_to_its_new_id(house: House) -> None:
    house.api.refuse("sendMessage", 400, "upgraded", migrate_to_chat_id=-1005)

    assert await house.sender.refer(CHAT, REFERRAL) is True
    assert house.api.params("sendMessage")["chat_id"] == -1005


async def test_a_referral_to_a_chat_that_moves_to_and_fro_ends_after_its_second_move(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    for new_chat in (-1005, CHAT, -1005):
        house.api.refuse("sendMessage", 400, "upgraded", migrate_to_chat_id=new_chat)

    assert await house.sender.refer(CHAT, REFERRAL) is False
    assert house.api.methods() == ["sendMessage"] * 3
    assert [record.event for record in caplog.records] == ["referral.refused"]  # type: ignore[attr-defined]  # ours has one


@pytest.mark.parametrize("number", [2**63 + 5, 2**53, -(2**63), True, "7", None])
def test_a_message_id_that_no_message_can_have_is_taken_for_none(number: object) -> None:
    assert message_id_of({"message_id": number}) is None
    assert message_id_of({"message_id": 7}) == 7


async def test_a_reminder_that_arrived_has_its_message_id(house: House) -> None:
    courier: Courier = house.sender

    assert await courier.remind(CHAT, SCREEN) == Outcome(Fate.SENT, message_id=101)


@pytest.mark.parametrize(
    ("code", "words", "fate"),
    [
        (*BLOCKED, Fate.STOPPED),
        (400, "Bad Request: message text is empty", Fate.REFUSED),
        (401, "Unauthorized", Fate.UNAUTHORISED),
        (502, "Bad Gateway", Fate.IN_DOUBT),
    ],
)
async def test_a_reminder_is_tried_once_and_its_fate_reported(
    house: House, code: int, words: str, fate: Fate
) -> None:
    house.api.refuse("sendMessage", code, words)

    assert (await house.sender.remind(CHAT, SCREEN)).fate is fate
    assert house.api.methods() == ["sendMessage"]


async def test_a_paid_reminder_says_so_to_telegram_and_a_free_one_does_not(house: House) -> None:
    await house.sender.remind(1, SCREEN, paid=True)
    assert house.api.params("sendMessage")["allow_paid_broadcast"] is True

    await house.sender.remind(2, SCREEN)
    assert "allow_paid_broadcast" not in house.api.params("sendMessage")


async def test_a_paid_reminder_that_telegram_refuses_goes_out_free_and_tells_it(
    house: House,
) -> None:
    house.api.refuse("sendMessage", 400, "Bad Request: not enough Stars")
    outcome = await house.sender.remind(CHAT, SCREEN, paid=True)

    assert (outcome.fate, outcome.unpaid) == (Fate.SENT, True)
    assert "allow_paid_broadcast" not in house.api.params("sendMessage")


async def test_a_paid_reminder_whose_words_are_refused_does_not_blame_the_pay(
    house: House,
) -> None:
    for _ in range(2):
        house.api.refuse("sendMessage", *ENTITIES)
    outcome = await house.sender.remind(CHAT, SCREEN, paid=True)

    assert (outcome.fate, outcome.unpaid) == (Fate.SENT, False)


async def test_a_paid_reminder_that_is_refused_free_too_is_refused(house: House) -> None:
    for _ in range(2):
        house.api.refuse("sendMessage", 400, "Bad Request: message text is empty")
    outcome = await house.sender.remind(CHAT, SCREEN, paid=True)

    assert outcome == Outcome(Fate.REFUSED)


async def test_a_paid_reminder_to_who_blocked_the_bot_is_not_tried_again(house: House) -> None:
    house.api.refuse("sendMessage", *BLOCKED)

    assert (await house.sender.remind(CHAT, SCREEN, paid=True)).fate is Fate.STOPPED
    assert house.api.methods() == ["sendMessage"]


async def test_a_reminder_that_nobody_wants_when_its_turn_comes_is_not_sent(house: House) -> None:
    with pytest.raises(NotWantedError):
        await house.sender.remind(CHAT, SCREEN, wanted=lambda: False)

    assert house.api.methods() == []


async def test_a_reminder_is_not_sent_plainly_either_when_it_is_wanted_no_more(
    house: House,
) -> None:
    house.api.refuse("sendMessage", 400, "Bad Request: can't parse entities")
    answers = iter([True, False])
    with pytest.raises(NotWantedError):
        await house.sender.remind(CHAT, SCREEN, wanted=lambda: next(answers))

    assert house.api.methods() == ["sendMessage"]


async def test_a_reminder_that_telegram_asks_to_pause_reports_for_how_long(house: House) -> None:
    house.api.refuse("sendMessage", 429, "Too Many Requests", retry_after=7)
    found = await house.sender.remind(CHAT, SCREEN)

    assert found == Outcome(Fate.PAUSED, wait=timedelta(seconds=7))


async def test_a_reminder_whose_formatting_is_refused_goes_out_once_more_as_plain_text(
    house: House,
) -> None:
    house.api.refuse("sendMessage", *ENTITIES)

    assert (await house.sender.remind(CHAT, SCREEN)).fate is Fate.SENT
    assert "entities" not in house.api.params("sendMessage")


async def test_a_reminder_refused_even_as_plain_text_is_refused(house: House) -> None:
    for _ in range(2):
        house.api.refuse("sendMessage", *ENTITIES)

    assert (await house.sender.remind(CHAT, SCREEN)).fate is Fate.REFUSED
    assert house.api.methods() == ["sendMessage"] * 2


async def test_a_silent_reminder_asks_for_no_sound_and_another_says_nothing_of_it(
    house: House,
) -> None:
    await house.sender.remind(CHAT, SCREEN, silent=True)
    assert house.api.params("sendMessage")["disable_notification"] is True

    await house.sender.remind(6, SCREEN)
    assert "disable_notification" not in house.api.params("sendMessage")


async def test_the_buttons_of_one_drawing_are_about_the_reminder_that_each_person_got(
    house: House,
) -> None:
    rows = ((Button("Done", act.Done(act.ANY_OCCURRENCE)), Button("Menu", act.Home())),)
    for number in (12, 3):
        await house.sender.remind(CHAT + number, Screen((), rows), occurrence=number)
        (buttons,) = house.api.params("sendMessage")["reply_markup"]["inline_keyboard"]
        assert [decode(button["callback_data"]) for button in buttons] == [
            ("en", act.Done(number)),
            ("en", act.Home()),
        ]


async def test_an_old_reminder_loses_its_buttons_behind_answers_and_referrals(
    house: House,
) -> None:
    await house.sender.strip(CHAT, 77)

    assert house.api.methods() == ["editMessageReplyMarkup"]
    assert house.api.params("editMessageReplyMarkup") == {"chat_id": CHAT, "message_id": 77}
    assert house.pacer.traffic().sent[Lane.REMINDER] == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        BLOCKED,
        NOT_MODIFIED,
        (400, "Bad Request: message to edit not found"),
        (401, "Unauthorized"),
        (429, "Too Many Requests"),
        (502, "Bad Gateway"),
    ],
)
async def test_buttons_that_cannot_be_taken_off_stay_and_nobody_minds(
    house: House, code: int, words: str
) -> None:
    house.api.refuse("editMessageReplyMarkup", code, words)

    await house.sender.strip(CHAT, 77)
    assert house.api.methods() == ["editMessageReplyMarkup"]
    assert house.stopped == []


async def test_a_server_that_names_no_message_has_still_taken_it(house: House) -> None:
    house.api.nameless = True

    assert await house.sender.remind(CHAT, SCREEN) == Outcome(Fate.SENT)
    assert await house.sender.show(REFERRAL, chat=CHAT) is None


async def test_a_probe_says_whether_telegram_answers_and_sends_nothing(house: House) -> None:
    house.api.refuse("getMe", 502, "Bad Gateway")

    assert await house.sender.probe() is False
    assert await house.sender.probe() is True
    assert house.api.methods() == []


async def test_leaving_a_group_that_is_gone_already_is_no_error(house: House) -> None:
    house.api.refuse("leaveChat", 403, "Forbidden: bot was kicked from the group chat")
    await house.sender.leave(CHAT)

    assert house.api.params("leaveChat") == {"chat_id": CHAT}
