"""Days, times and rhythms in the person's language."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.breaks import WORKING_DAYS, Rhythm, Window
from bot.core.plans import EVERY_DAY, REMINDERS, Kind, Pause, Plan, Subscriber
from bot.core.schedule import local_date, zone_or_utc
from bot.core.text import Span, Text
from bot.flows.voice import Voice

DAYS_A_YEAR = 365
DAYS_BY_NAME = 6
"""So far ahead, the name of the weekday alone says which day it is."""


def days_said(voice: Voice, language: str, weekdays: Collection[int]) -> str:
    """Return ISO weekdays as people say them: every day, Monday to Friday, or one by one."""
    if set(weekdays) == EVERY_DAY:
        return voice.say(language, "days.every")
    if set(weekdays) == WORKING_DAYS:
        return voice.say(language, "days.working")
    return ", ".join(voice.say(language, f"day.{day}") for day in sorted(weekdays))


def date_said(voice: Voice, language: str, day: date, today: date) -> str:
    """Return a date such as "Mon 30 Nov"; with its year where that is not the obvious one."""
    obvious = 0 <= (day - today).days < DAYS_A_YEAR
    return voice.say(
        language,
        "date" if obvious else "date.year",
        weekday=voice.say(language, f"day.{day.isoweekday()}"),
        day=str(day.day),
        month=voice.say(language, f"month.{day.month}"),
        year=str(day.year),
    )


def window_said(window: Window) -> str:
    """Return a stretch of the day such as "09:00–18:00"."""
    return f"{window.start:%H:%M}–{window.end:%H:%M}"


def hours_said(voice: Voice, language: str, rhythm: Rhythm) -> str:
    """Return the break hours: one stretch, or that they differ by day."""
    windows = {window for _, window in rhythm.windows}
    if len(windows) == 1:
        return window_said(windows.pop())
    return voice.say(language, "breaks.by-day" if windows else "breaks.no-hours")


def lunch_said(voice: Voice, language: str, rhythm: Rhythm) -> str:
    """Return when lunch is, or that it has no gap."""
    return window_said(rhythm.lunch) if rhythm.lunch else voice.say(language, "breaks.no-lunch")


def zone_of(subscriber: Subscriber) -> ZoneInfo:
    """Return the subscriber's zone; UTC while none is known, or it is gone."""
    return zone_or_utc(subscriber.zone)


def moment_line(
    voice: Voice, language: str, key: str, due: datetime, *, zone: ZoneInfo, now: datetime
) -> Text:
    """Return the line ``key`` with its {moment}; Telegram shows it in the reader's own zone."""
    local, today = due.astimezone(zone), local_date(now, zone)
    day = voice.say(language, f"day.{local.isoweekday()}")
    if (local.date() - today).days > DAYS_BY_NAME:
        day = date_said(voice, language, local.date(), today)
    moment = f"{day} {local:%H:%M}"
    line = voice.say(language, key, moment=moment)
    span = Span(line.find(moment), len(moment), "moment", str(int(due.timestamp())))
    return Text(line, (span,))


def pause_lines(
    voice: Voice, language: str, subscriber: Subscriber, now: datetime, kinds: Collection[Kind]
) -> tuple[Text, ...]:
    """Return what rests of these kinds, and until when; each by its name where not all rest alike."""
    resting, today = paused(subscriber, now), local_date(now, zone_of(subscriber))
    on = {kind for kind, plan in subscriber.reminders.items() if plan.on}
    alike = on == resting.keys() and len({pause.until for pause in resting.values()}) == 1
    lines = {
        kind: _pause_line(
            voice, language, pause, today, "pause" if alike else f"{kind.value}.pause"
        )
        for kind, pause in resting.items()
        if kind in kinds
    }
    return tuple(dict.fromkeys(lines[kind] for kind in REMINDERS if kind in lines))


def _pause_line(voice: Voice, language: str, pause: Pause, today: date, key: str) -> Text:
    if pause.until is None:
        return voice.line(language, f"{key}.long")
    return voice.line(language, f"{key}.until", day=date_said(voice, language, pause.until, today))


def spell_line(
    voice: Voice, language: str, plan: Plan, now: datetime, zone: ZoneInfo
) -> Text | None:
    """Return the line about a quiet spell of the breaks; None: there is none now."""
    if not plan.on or plan.quiet_until is None or plan.quiet_until <= now:
        return None
    local, today = plan.quiet_until.astimezone(zone), now.astimezone(zone).date()
    if local.date() > today:
        return voice.line(language, "breaks.quiet-today")
    return voice.line(language, "breaks.quiet-until", time=f"{local:%H:%M}")


def paused(subscriber: Subscriber, now: datetime) -> Mapping[Kind, Pause]:
    """Return the pauses that plans of theirs are in, by kind; empty: nothing rests."""
    today = local_date(now, zone_of(subscriber))
    return {
        kind: plan.pause
        for kind, plan in subscriber.reminders.items()
        if plan.on and plan.pause is not None and plan.pause.covers(today)
    }
