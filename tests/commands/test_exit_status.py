"""What the command line's exit status tells a service: wait, or do not try again."""

import pytest

from bot import __main__ as command_line
from bot.commands import next as any_command
from bot.errors import BotError, RivalError, SettingsError, StoreUnavailableError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RivalError("Another process polls.", "stop it."), 75),
        (SettingsError("BOT_X is wrong.", "correct it."), 78),
        (StoreUnavailableError("The database is locked.", "wait."), 78),
    ],
)
def test_a_rival_is_waited_for_and_a_wrong_setting_is_not(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BotError,
    status: int,
) -> None:
    def fails(_args: object) -> int:
        raise error

    monkeypatch.setattr(any_command, "run", fails)
    asked = [
        "next",
        "--zone",
        "UTC",
        "--at",
        "08:00",
        "--after",
        "2026-01-01T00:00Z",
        "--count",
        "1",
    ]

    assert command_line.main(asked) == status
    assert capsys.readouterr().err.count("\n") == 1
