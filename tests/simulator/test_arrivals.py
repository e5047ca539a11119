"""Reminders that arrived, and their copies, told apart from answers that show one again."""

from bot.simulator.api import Api
from bot.simulator.arrivals import KEPT, Arrivals
from tests.simulator.conftest import Clock, buttons


def made(clock: Clock, state: dict[str, object] | None = None) -> Api:
    """Return a Telegram in which the data "r7" belongs to the reminder 7."""
    named = Arrivals(lambda data: int(data[1:]) if data.startswith("r") else None)
    return Api(clock.now, state, arrivals=named)


def remind(api: Api, chat: int, *data: str) -> int:
    sent = api.call(
        "sendMessage", {"chat_id": chat, "text": "Good morning", "reply_markup": buttons(*data)}
    )
    return int(sent["message_id"])


def numbers(api: Api) -> tuple[int, int, int]:
    found = api.world.arrivals
    return found.reminders, found.messages, found.most


def test_each_reminder_counts_once_and_its_copies_beside_it(clock: Clock) -> None:
    api = made(clock)
    ann = api.add_person("Ann", started=True)
    for data in ("r1", "r2", "r1", "menu"):
        remind(api, ann, "other", data)
    api.call("sendMessage", {"chat_id": ann, "text": "no buttons"})

    assert numbers(api) == (2, 3, 2)


def test_a_reminder_that_is_shown_again_after_a_tap_is_no_copy(clock: Clock) -> None:
    api = made(clock)
    ann = api.add_person("Ann", started=True)
    message = remind(api, ann, "r1")
    api.tap(ann, message, "r1")
    remind(api, ann, "r1")
    assert numbers(api) == (1, 1, 1)

    api.tap(ann, message, "r1")
    api.call("editMessageText", {"chat_id": ann, "message_id": message, "text": "x"})
    remind(api, ann, "r1")
    assert numbers(api) == (1, 2, 2)


def test_what_a_person_edits_is_no_answer_to_a_tap(clock: Clock) -> None:
    api = made(clock)
    ann = api.add_person("Ann")
    said = api.say(ann, "hello")
    message = remind(api, ann, "r1")
    api.tap(ann, message, "r1")
    api.edit(ann, said, "hello again")
    remind(api, ann, "r1")

    assert numbers(api) == (1, 1, 1)


def test_the_count_goes_on_after_a_restart(clock: Clock) -> None:
    api = made(clock)
    ann = api.add_person("Ann", started=True)
    remind(api, ann, "r1")
    again = made(clock, api.to_json())
    remind(again, ann, "r1")

    assert numbers(again) == (1, 2, 2)


def test_a_state_of_before_knows_of_no_arrivals(clock: Clock) -> None:
    state = made(clock).to_json()
    del state["arrivals"], state["moved"]

    assert numbers(made(clock, state)) == (0, 0, 0)


def test_only_the_newest_reminders_are_remembered_by_name() -> None:
    arrivals = Arrivals(int)
    for number in range(KEPT + 10):
        arrivals.message(1, [[{"callback_data": str(number)}]])

    assert arrivals.reminders == KEPT + 10
    assert len(arrivals.to_json()["copies"]) == KEPT
