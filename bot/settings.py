"""Everything that an operator can set. Read once, at start; other parts get plain values."""

import difflib
import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, Self
from urllib.parse import quote, urlsplit

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from bot.core.hook import Hook
from bot.core.load import Capacity
from bot.core.operator import Operator
from bot.errors import SettingsError
from bot.store.urls import is_postgres

log = logging.getLogger(__name__)

PREFIX = "BOT_"
TOKEN_FORM = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
HOST_AND_PORT = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")
LAST_PORT = 65535
WEBHOOK_FORM = re.compile(
    r"https://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?/[A-Za-z0-9._~/-]+"
)
OWN_PATHS = ("/healthz", "/readyz", "/metrics")
SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{32,256}")  # its upper limit is Telegram's
ENV_FILE = Path(".env")
BUILT_IN_CONTENT = Path(__file__).resolve().parent.parent / "content"


class Settings(BaseSettings):
    """Read from BOT_* variables or .env; an unknown BOT_ name is refused at start, with a hint."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    token: SecretStr | None = Field(None, description="From @BotFather; `run` needs it.")
    token_file: Path | None = Field(None, description="A file that holds the token alone.")
    api_url: str = Field("https://api.telegram.org", description="Root of the Bot API server.")
    webhook_url: str | None = Field(
        None, description="Where Telegram sends updates; without it, the bot asks for them."
    )
    webhook_secret: SecretStr | None = Field(
        None, description="What Telegram shows there to be let in; 32 characters or more."
    )
    webhook_secret_file: Path | None = Field(
        None, description="A file that holds the webhook's secret alone."
    )
    data_dir: Path = Field(Path("data"), description="The one folder that is written to.")
    database_url: SecretStr | None = Field(
        None, description="SQLite or PostgreSQL; `sqlite:///<data dir>/unknot.db` unless set."
    )
    key_file: Path | None = Field(
        None,
        description="Key that seals chat ids; `<data dir>.key` unless set, beside that folder.",
    )
    content_dir: Path = Field(BUILT_IN_CONTENT, description="All that a person reads.")
    listen: str = Field(
        "127.0.0.1:9090", description="Host and port of health, metrics and webhook."
    )
    sends_per_second: float = Field(
        29, gt=0, le=1000, description="Messages a second; Telegram allows about 30 a token."
    )
    in_flight: int = Field(
        4, ge=1, le=256, description="Reminders under way at once; so many may repeat in a crash."
    )
    paid_broadcast: int = Field(
        0, ge=0, description="Messages that may be paid for a day, where reminders would be late."
    )
    operator_name: str = Field("", description="Who runs this bot.")
    emergency_number: str = Field("", description="Shown where no country's number is on record.")
    urgent_line: str = Field("", description="Whom to ask the same day.")
    crisis_line: str = Field("", description="Whom to call with thoughts of self-harm.")
    clinic_contact: str = Field("", description="How to reach the operator.")
    default_language: str = Field("en", description="Language where nothing hints at another.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="The least level that is logged."
    )
    log_format: Literal["text", "json"] = Field("text", description="Lines to read, or JSON.")

    def check_language(self, offered: tuple[str, ...]) -> None:
        """See that the content speaks the default language.

        Raises:
            SettingsError: it does not.
        """
        if self.default_language not in offered:
            raise SettingsError(
                "BOT_DEFAULT_LANGUAGE: the content has no such language.",
                f"use one of {', '.join(offered)}.",
            )

    @field_validator("data_dir")
    @classmethod
    def _has_a_name(cls, value: Path) -> Path:
        # the key's name is made from it: "." and ".." have none
        named = value.resolve() if value.name in {"", ".."} else value
        if not named.name:
            raise ValueError("must be a folder below the root of the machine")
        return named

    @field_validator("api_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable or parts.query or parts.fragment or re.search(r"\s", value):
            raise ValueError("must be an address such as https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _own_path(cls, value: str | None) -> str | None:
        if value is not None and not WEBHOOK_FORM.fullmatch(value):
            raise ValueError(
                "must be an https address with a path, such as https://bot.example.org/telegram"
            )
        if value is not None and urlsplit(value).path in OWN_PATHS:
            raise ValueError(f"its path must be none of {', '.join(OWN_PATHS)}")
        return value

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        found = HOST_AND_PORT.fullmatch(value)
        if not found or int(found[2]) > LAST_PORT:
            raise ValueError("must be HOST:PORT, such as 127.0.0.1:9090")
        return value

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _as_named(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        return value.upper() if info.field_name == "log_level" else value.lower()

    @model_validator(mode="after")
    def _one_token(self) -> Self:
        if self.token and self.token_file:
            raise ValueError("set BOT_TOKEN or BOT_TOKEN_FILE, not both")
        return self

    @property
    def database(self) -> str:
        """Address of the database; it may hold a password."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{quote(str(self.data_dir / 'unknot.db'))}"

    @property
    def is_alone(self) -> bool:
        """Whether no other bot can work on the database."""
        return not is_postgres(self.database)

    @property
    def key(self) -> Path:
        """The key's file: beside the data folder, so that a copy of the folder names no one."""
        return self.key_file or self.data_dir.with_name(self.data_dir.name + ".key")

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of health, metrics and webhook."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def capacity(self) -> Capacity:
        """What can be sent."""
        return Capacity(self.sends_per_second, self.paid_broadcast)

    @property
    def operator(self) -> Operator:
        """The operator's details as the content shows them."""
        return Operator(
            self.operator_name,
            self.emergency_number,
            self.urgent_line,
            self.crisis_line,
            self.clinic_contact,
        )

    def read_token(self) -> str:
        """Return the token.

        Raises:
            SettingsError: there is none, or it does not have a token's form.
        """
        put = "put the token that @BotFather gave you into it, alone, in one line."
        token = _held(self.token, self.token_file, "BOT_TOKEN_FILE", put)
        if not token:
            raise SettingsError(
                "BOT_TOKEN is not set.",
                "open @BotFather in Telegram, send /newbot, and put the token it gives you into "
                "BOT_TOKEN. To try without one: make demo",
            )
        if not TOKEN_FORM.fullmatch(token):
            raise SettingsError(
                "BOT_TOKEN does not have the form of a token.",
                "copy it again from @BotFather: digits, a colon, then letters and digits.",
            )
        return token

    def read_webhook(self) -> Hook | None:
        """Return where Telegram is to send updates, and with which secret; None: we ask for them.

        Raises:
            SettingsError: the secret is missing, or could be guessed.
        """
        if self.webhook_url is None:
            if self.webhook_secret or self.webhook_secret_file:
                log.warning(
                    "a webhook's secret is set, but no BOT_WEBHOOK_URL: the bot asks for updates",
                    extra={"event": "webhook.no_address"},
                )
            return None
        put = "put into it what this prints: openssl rand -hex 32"
        file = self.webhook_secret_file
        if self.webhook_secret and file:
            raise SettingsError(
                "Both BOT_WEBHOOK_SECRET and BOT_WEBHOOK_SECRET_FILE are set.", "keep one of them."
            )
        secret = _held(self.webhook_secret, file, "BOT_WEBHOOK_SECRET_FILE", put)
        if not secret:
            raise SettingsError(
                "BOT_WEBHOOK_URL needs BOT_WEBHOOK_SECRET.",
                "set it to what this prints: openssl rand -hex 32",
            )
        if not SECRET_FORM.fullmatch(secret):
            raise SettingsError(
                "BOT_WEBHOOK_SECRET must be 32 to 256 letters, digits, _ or -.",
                "set it to what this prints: openssl rand -hex 32",
            )
        return Hook(self.webhook_url, secret)


def _held(value: SecretStr | None, file: Path | None, name: str, put: str) -> str:
    """Return a secret from its setting or from its file; "" where neither is set."""
    if value is not None or file is None:
        return value.get_secret_value() if value is not None else ""
    try:
        held = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{name} cannot be read ({type(error).__name__}).",
            f"name a readable file; {put}",
        ) from None
    if not held or "\n" in held:
        what = "more than one line" if held else "nothing"
        raise SettingsError(f"{name} holds {what}.", put)
    return held


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings from the environment and from .env, which the environment outdoes.

    Raises:
        SettingsError: a value is wrong, a name is unknown or .env cannot be read; the value
            itself is never shown.
    """
    settings, wrong = examined_settings(environment)
    if wrong:
        raise wrong[0]
    return settings


def examined_settings(
    environment: Mapping[str, str] | None = None,
) -> tuple[Settings, list[SettingsError]]:
    """Return the settings, those that are wrong left at their defaults, and all that is wrong."""
    given = os.environ if environment is None else environment
    wrong = list(_unknown(given, "the environment"))
    file: Path | None = ENV_FILE
    try:
        wrong += _unknown(_names_in_file(), ".env")
    except SettingsError as error:
        wrong.append(error)
        file = None
    instead: dict[str, object] = {}
    while True:
        try:
            # the class's own call signature is the environment's; what is given here outdoes that
            return Settings(_env_file=file, **instead), wrong  # type: ignore[arg-type]
        except ValidationError as error:
            for one in error.errors(include_url=False, include_input=False):
                wrong.append(_wrong_value(one["loc"], one["msg"]))
                instead |= _default(one["loc"])


def _wrong_value(where: tuple[int | str, ...], message: str) -> SettingsError:
    name = PREFIX + "_".join(str(part) for part in where).upper()
    reason = message.removeprefix("Value error, ")
    problem = f"{name}: {reason}." if where else f"{reason}."
    return SettingsError(problem, "correct it in the environment or in .env.")


def _default(where: tuple[int | str, ...]) -> dict[str, object]:
    """Return what stands in for a wrong value; what no single one is to blame for is the token's."""
    name = str(where[0]) if where else "token_file"
    return {name: Settings.model_fields[name].default}


def _names_in_file() -> Iterable[str]:
    try:
        if not ENV_FILE.exists():
            return ()
        ENV_FILE.read_text("utf-8")  # pydantic-settings passes over a folder of this name
        return DotEnvSettingsSource(Settings).env_vars
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f".env cannot be read ({type(error).__name__}).",
            "make it a readable file of NAME=value lines in UTF-8, or delete it.",
        ) from None


def _unknown(names: Iterable[str], place: str) -> Iterator[SettingsError]:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in names:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            close = difflib.get_close_matches(name.upper(), sorted(known), n=1)
            hint = (
                f"did you mean {close[0]}?"
                if close
                else "remove it; docs/reference/settings.md lists the names."
            )
            yield SettingsError(f"{name.upper()} in {place} is not a setting of this bot.", hint)
