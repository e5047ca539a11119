"""The Telegram edge: the only package that imports python-telegram-bot."""

import os

# the library then gives durations as timedelta; without it each RetryAfter warns
os.environ["PTB_TIMEDELTA"] = "true"
