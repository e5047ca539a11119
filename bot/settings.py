"""Everything that an operator can set. Read once, at start; other parts get plain values."""

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.operator import Operator
from bot.errors import SettingsError

PREFIX = "BOT_"
TOKEN_FORM = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
BUILT_IN_CONTENT = Path(__file__).resolve().parent.parent / "content"


class Settings(BaseSettings):
    """Read from BOT_* variables or .env; an unknown BOT_ name is refused at start, with a hint."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    token: SecretStr | None = Field(None, description="From @BotFather; `run` needs it.")
    token_file: Path | None = Field(None, description="A file that holds the token instead.")
    api_url: str = Field("https://api.telegram.org", description="Root of the Bot API server.")
    data_dir: Path = Field(Path("data"), description="The one folder that is written to.")
    database_url: str = Field("", description="sqlite:///<data dir>/unknot.db unless set.")
    key_file: Path | None = Field(
        None, description="Key that seals chat ids; <data dir>.key unless set, never inside it."
    )
    content_dir: Path = Field(BUILT_IN_CONTENT, description="All that a person reads.")
    listen: str = Field("127.0.0.1:9090", description="Address of health and metrics.")
    sends_per_second: float = Field(
        29, gt=0, le=1000, description="Telegram's limit, a margin off."
    )
    in_flight: int = Field(4, ge=1, le=256, description="Reminders under way at once.")
    operator_name: str = Field("", description="Who runs this bot.")
    emergency_number: str = Field("", description="Shown where no country's number is on record.")
    urgent_line: str = Field("", description="Whom to ask the same day.")
    crisis_line: str = Field("", description="Whom to call with thoughts of self-harm.")
    clinic_contact: str = Field("", description="How to reach the operator.")
    default_language: str = Field("en", description="Where nothing hints at another.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="")
    log_format: Literal["text", "json"] = Field("text", description="")

    @field_validator("api_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or int(port) > 65535:  # noqa: PLR2004 - the last port
            raise ValueError("must be HOST:PORT, such as 127.0.0.1:9090")
        return value

    @model_validator(mode="after")
    def _one_token(self) -> Self:
        if self.token and self.token_file:
            raise ValueError("set BOT_TOKEN or BOT_TOKEN_FILE, not both")
        return self

    @property
    def database(self) -> str:
        """Address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'unknot.db'}"

    @property
    def key(self) -> Path:
        """The key's file: beside the data folder, so that a copy of the folder names no one."""
        return self.key_file or self.data_dir.with_name(self.data_dir.name + ".key")

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of health and metrics."""
        host, _, port = self.listen.rpartition(":")
        return host, int(port)

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
        token = self.token.get_secret_value() if self.token else self._token_from_file()
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

    def _token_from_file(self) -> str:
        if self.token_file is None:
            return ""
        try:
            return self.token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"BOT_TOKEN_FILE cannot be read ({type(error).__name__}).",
                "name a readable file that holds the token alone.",
            ) from None


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings from the environment.

    Raises:
        SettingsError: a value is wrong or a name is unknown; the value itself is never shown.
    """
    _refuse_unknown(os.environ if environment is None else environment)
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        problem = f"{name}: {reason}." if first["loc"] else f"{reason}."
        raise SettingsError(problem, "correct it in the environment or in .env.") from None


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in environment:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            close = difflib.get_close_matches(name.upper(), sorted(known), n=1)
            hint = f"did you mean {close[0]}?" if close else "remove it; README lists the names."
            raise SettingsError(f"{name} is not a setting of this bot.", hint)
