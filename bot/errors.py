"""Errors that we raise on purpose; each says what went wrong and what to do."""


class BotError(Exception):
    """Base of our errors. At start it is printed without a traceback, exit status 78."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(f"{problem} Fix: {fix}")
        self.problem = problem
        self.fix = fix


class SettingsError(BotError):
    """A setting, key or path is wrong; nothing was started."""


class TokenRefusedError(SettingsError):
    """Telegram does not know the bot's token."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refuses BOT_TOKEN.",
            "copy it again from @BotFather, or ask it for a new one with /token.",
        )


class RivalError(BotError):
    """Another process polls Telegram with our token: not ours to set right, and it may go away."""


class ContentError(BotError):
    """A content file cannot be used; the text names the file and, where known, the line."""


class StoreUnavailableError(BotError):
    """The database is locked, full or out of reach for now.

    Nothing was changed; where a connection was cut while it was kept, the text says so.
    """


class StoreBrokenError(BotError):
    """The database file cannot be used at all (corrupt, foreign, newer version)."""
