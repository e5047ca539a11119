"""Unknot: checked answers, kind reminders and referral first, in Telegram."""
