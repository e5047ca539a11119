"""Screens to Telegram: answers, referrals, reminders, each in its own lane."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.core.delivery import MOST_MOVES
from bot.core.plans import Fate, Outcome
from bot.core.screens import Screen
from bot.telegram.bot import RawBot
from bot.telegram.limiter import Errand
from bot.telegram.outcome import outcome_of
from bot.telegram.pacing import Lane
from bot.telegram.place import Placer, Tapped, message_id_of, says
from bot.telegram.render import MAX_TOAST, Params, clipped, packed, packed_for
from bot.telegram.reopened import Reopened

log = logging.getLogger(__name__)

PAID = "allow_paid_broadcast"
BARE = {"chat_id", "text", "link_preview_options"}  # a message as plain as it can be
TOO_OLD = ("query is too old", "query id is invalid", "query_id_invalid")

FIRST_BACKOFF_SECONDS = 0.5
LEAST_BACKOFF_SECONDS = 1.0  # also when another message arrives
LAST_BACKOFF_SECONDS = 30.0
ANSWERED_KEPT = 256  # queries answered lately; more are never open at once


@dataclass(slots=True)
class Sender:
    """Sends what flows return.

    Attributes:
        on_stopped: Called with a chat that blocked the bot or is gone.
        reopened: Told of each message that arrives; a referral that does not waits for one.
    """

    bot: RawBot
    placer: Placer
    on_stopped: Callable[[int], Awaitable[None]]
    reopened: Reopened = field(default_factory=Reopened)
    _answered: deque[str] = field(default_factory=lambda: deque(maxlen=ANSWERED_KEPT))

    async def show(
        self,
        screen: Screen,
        *,
        chat: int,
        tapped: Tapped | None = None,
        query_id: str | None = None,
    ) -> int | None:
        """Show a screen: in place of ``tapped`` if given, with the tap's toast at the same time.

        Returns the id of the message that shows it; None if the chat is gone, or if the pacer
        could not let it pass in time.

        Raises:
            TelegramError: The network or the token failed; showing it again is harmless.
        """
        if query_id is None or query_id in self._answered:
            return await self._placed(screen, chat, tapped)
        self._answered.append(query_id)  # an early answer may be about to begin
        results = await asyncio.gather(
            self._call_answer(query_id, screen.toast),
            self._placed(screen, chat, tapped),
            return_exceptions=True,
        )
        for result in results:
            if isinstance(result, BaseException):
                self._forget(query_id)
                raise result
        return results[1] if isinstance(results[1], int) else None

    async def _placed(self, screen: Screen, chat: int, tapped: Tapped | None) -> int | None:
        message = await self.placer.place(screen, chat, tapped)
        if message is not None:
            self.reopened.note()
        return message

    async def answer_early(self, query_id: str) -> None:
        """Answer a tap ahead of its screen, whose `show` then leaves the answer out.

        Twice is once. Never raises for Telegram: then the answer comes with the screen.
        """
        if query_id in self._answered:
            return
        self._answered.append(query_id)
        try:
            await self._call_answer(query_id, "")
        except TelegramError as error:
            fields = {"event": "tap.not_early", "cause": type(error).__name__}
            log.warning("tap not answered ahead of its screen", extra=fields)
            self._forget(query_id)

    def _forget(self, query_id: str) -> None:
        with suppress(ValueError):  # so many taps since that it was forgotten
            self._answered.remove(query_id)

    async def refer(self, chat: int, screen: Screen) -> bool:
        """Send a referral until Telegram took it (True) or can never take it (False).

        Where the network leaves a doubt it is sent again: a repeat is harmless, a miss is not.
        After an outage it goes as soon as any other message has arrived. If Telegram refuses the
        request as such, the bare text is tried.
        """
        params: Params = {"chat_id": chat, **packed(screen)}
        backoff, least = FIRST_BACKOFF_SECONDS, LEAST_BACKOFF_SECONDS
        moves = 0
        while True:
            outcome = await self._try(params, Lane.REFERRAL)
            match outcome.fate:
                case Fate.SENT:
                    return True
                case Fate.STOPPED:
                    await self.on_stopped(chat)
                    return False
                case Fate.MIGRATED if moves < MOST_MOVES:
                    moves += 1
                    params["chat_id"] = outcome.new_chat
                case Fate.PLAIN | Fate.REFUSED | Fate.MIGRATED:
                    if params.keys() == BARE or outcome.fate is Fate.MIGRATED:
                        log.error("referral refused", extra={"event": "referral.refused"})
                        return False
                    params = {key: params[key] for key in BARE}
                case _:
                    log.warning(
                        "referral waits", extra={"event": "referral.waits", "fate": outcome.fate}
                    )
                    if await self.reopened.within(least, backoff):
                        least = min(least * 2, LAST_BACKOFF_SECONDS)  # the fault may be its chat's
                    backoff = min(backoff * 2, LAST_BACKOFF_SECONDS)

    async def remind(
        self,
        chat: int,
        screen: Screen,
        *,
        occurrence: int = 0,
        silent: bool = False,
        paid: bool = False,
        wanted: Callable[[], bool] = lambda: True,
        stands: Callable[[], Awaitable[bool]] | None = None,
    ) -> Outcome:
        """Send one reminder, once; see `bot.ports.Courier`."""
        params: Params = {"chat_id": chat, **packed_for(screen, occurrence)}
        if silent:
            params["disable_notification"] = True
        free_errand = Errand(Lane.REMINDER, wanted, stands)
        if not paid:
            return await self._remind_free(params, free_errand)
        outcome = await self._try({**params, PAID: True}, replace(free_errand, lane=Lane.PAID))
        if outcome.fate not in {Fate.PLAIN, Fate.REFUSED}:
            return outcome
        # refused for its words, or for want of Stars: what passes free says which
        free = await self._remind_free(params, free_errand)
        return replace(free, unpaid=outcome.fate is Fate.REFUSED and free.fate is Fate.SENT)

    async def _remind_free(self, params: Params, errand: Errand) -> Outcome:
        outcome = await self._try(params, errand)
        if outcome.fate is Fate.PLAIN:
            params.pop("entities", None)
            outcome = await self._try(params, errand)
        return Outcome(Fate.REFUSED) if outcome.fate is Fate.PLAIN else outcome

    async def strip(self, chat: int, message_id: int) -> None:
        """Take the buttons off an earlier reminder; see `bot.ports.Courier`."""
        params: Params = {"chat_id": chat, "message_id": message_id}
        try:
            await self.bot.call("editMessageReplyMarkup", params, Lane.REMINDER)
        except TelegramError as error:
            log.info(
                "old buttons stay", extra={"event": "buttons.stay", "cause": type(error).__name__}
            )

    async def probe(self) -> bool:
        """Return whether Telegram answers now; sends nothing to anybody."""
        try:
            await self.bot.call("getMe", {})
        except TelegramError:
            return False
        return True

    async def leave(self, chat: int) -> None:
        """Leave a group; one that is gone already is as good."""
        try:
            await self.bot.call("leaveChat", {"chat_id": chat})
        except (BadRequest, Forbidden):
            log.info("group was left already", extra={"event": "group.left_already"})

    async def _try(self, params: Params, lane: Lane | Errand) -> Outcome:
        try:
            result = await self.bot.call("sendMessage", params, lane)
        except TelegramError as error:
            return outcome_of(error)
        self.reopened.note()
        return Outcome(Fate.SENT, message_id=message_id_of(result))

    async def _call_answer(self, query_id: str, toast: str) -> None:
        params: Params = {"callback_query_id": query_id}
        if toast:
            params["text"] = clipped(toast, MAX_TOAST)
        try:
            await self.bot.call("answerCallbackQuery", params)
        except RetryAfter:
            log.warning("tap not answered in time", extra={"event": "tap.late"})
        except BadRequest as error:
            if not says(error, TOO_OLD):
                raise
