"""Telegram: whether it answers, takes the token, and would let this bot have its updates."""

import asyncio
from datetime import datetime, timedelta

from bot.clock import SystemClock
from bot.commands.checkup.findings import NTP, Case, Finding, ok, problem, told, warning
from bot.errors import SettingsError, TokenRefusedError
from bot.telegram.look import Answer, Look, SilentError, looking

FARTHEST = timedelta(seconds=60)


def telegram(case: Case) -> list[Finding]:
    """Examine token, Telegram, webhook and clock; a few seconds at most."""
    return asyncio.run(_examined(case))


async def _examined(case: Case) -> list[Finding]:
    token, found = _token(case)
    root = case.settings.api_url
    clock = SystemClock()
    async with looking(root) as look:
        try:
            before = clock.now()
            answer = await (look.at("getMe", token) if token else look.at_server())
            after = clock.now()
        except SilentError as error:
            return [*found, *_silent(root, str(error), asked=bool(token))]
        found += [*_server(root, answer, asked=bool(token)), _clock(answer, before, after)]
        if token and answer.result is not None:
            found.append(await _webhook(look, token, case.settings.webhook_url))
    return found


def _token(case: Case) -> tuple[str, list[Finding]]:
    try:
        return case.settings.read_token(), []
    except SettingsError as error:
        return "", [told("token", error)]


def _silent(root: str, kind: str, *, asked: bool) -> list[Finding]:
    wait = "look at the network and at BOT_API_URL; the bot tries again by itself."
    found = [problem(f"Telegram: {root} does not answer ({kind}).", wait)]
    again = "run doctor again when Telegram answers."
    if asked:
        found.append(warning("token: it has the right form; Telegram could not be asked.", again))
    return [*found, warning("clock: not judged, for Telegram did not answer.", again)]


def _server(root: str, answer: Answer, *, asked: bool) -> list[Finding]:
    if not asked:
        return [ok(f"Telegram: {root} answers")]
    if answer.refuses_token:
        return [
            ok(f"Telegram: {root} answers"),
            problem("token: Telegram refuses it.", TokenRefusedError().fix),
        ]
    if answer.result is None:
        return [
            problem(
                f"Telegram: {root} answers (HTTP {answer.status}), but not as the Bot API does.",
                "set BOT_API_URL to the root of a Bot API server, or leave it out; "
                "if it is right, try again in a minute.",
            )
        ]
    name = answer.result.get("username")
    return [ok(f"Telegram: {root} answers"), ok(f"token: Telegram knows it as @{name}")]


def _clock(answer: Answer, before: datetime, after: datetime) -> Finding:
    if answer.date is None:
        return warning("clock: not judged, for the answer had no date.", "set it by NTP.")
    # the server cuts its moment to whole seconds
    ours = before + (after - before) / 2 - timedelta(seconds=0.5)
    ahead = ours - answer.date
    seconds = round(abs(ahead.total_seconds()))
    if abs(ahead) <= FARTHEST:
        return ok(f"clock: {seconds} s from Telegram's")
    side = "ahead of" if ahead > timedelta() else "behind"
    return problem(
        f"clock: {seconds} s {side} Telegram's; reminders ring at the wrong moment.",
        NTP,
    )


async def _webhook(look: Look, token: str, own: str | None) -> Finding:
    try:
        info = (await look.at("getWebhookInfo", token)).result
    except SilentError as error:
        return warning(f"webhook: Telegram did not say ({error}).", "run doctor again.")
    if info is None:
        return warning("webhook: Telegram did not say.", "run doctor again.")
    waiting = f"{info.get('pending_update_count', 0)} updates wait"
    last = info.get("last_error_message")
    trouble = f"; its last error: {' '.join(str(last).split())}" if last else ""
    if own:
        return _own_webhook(waiting, trouble, is_set=info.get("url") == own)
    if not info.get("url"):
        return ok(f"webhook: none, as it should be; {waiting}")
    return warning(
        f"webhook: Telegram sends the updates of this token elsewhere; {waiting}{trouble}.",
        "start this bot, which takes the webhook away; or stop, if another program should have it.",
    )


def _own_webhook(waiting: str, trouble: str, *, is_set: bool) -> Finding:
    if not is_set:
        return warning(
            f"webhook: Telegram does not send updates to BOT_WEBHOOK_URL; {waiting}.",
            "start the bot, which tells Telegram to.",
        )
    if trouble:
        return warning(
            f"webhook: set; {waiting}{trouble}.",
            "if it is a recent one: look at the proxy, its certificate and BOT_LISTEN.",
        )
    return ok(f"webhook: set; {waiting}")
