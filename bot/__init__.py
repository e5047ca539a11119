"""Unknot: checked answers, kind reminders and referral first, in Telegram."""

__version__ = "0.1.0"
