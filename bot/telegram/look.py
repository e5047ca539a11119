"""A look at what answers at the Bot API's address; nothing is changed there, nothing is sent."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

SECONDS = 5.0
REFUSED = (401, 404)
OK = 200


class SilentError(Exception):
    """Nothing answered; the text names the kind of failure, never the address with its token."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: Of HTTP.
        date: The server's own moment, to the second, in UTC; None: it gave none.
        said: The JSON object in it; None: it was something else.
    """

    status: int
    date: datetime | None
    said: dict[str, Any] | None

    @property
    def result(self) -> dict[str, Any] | None:
        """The result of a method that was done; None: it was not."""
        result = (self.said or {}).get("result")
        return result if self.status == OK and isinstance(result, dict) else None

    @property
    def refuses_token(self) -> bool:
        """Whether the Bot API itself says that it does not know the token."""
        return self.status in REFUSED and (self.said or {}).get("ok") is False


@dataclass(frozen=True, slots=True)
class Look:
    """Asks one Bot API server."""

    root: str
    _session: ClientSession

    async def at_server(self) -> Answer:
        """Ask for the root, which needs no token.

        Raises:
            SilentError: no answer in time.
        """
        return await self._get(self.root)

    async def at(self, method: str, token: str) -> Answer:
        """Call a method that only reads.

        Raises:
            SilentError: no answer in time.
        """
        return await self._get(f"{self.root}/bot{token}/{method}")

    async def _get(self, address: str) -> Answer:
        try:
            async with self._session.get(address, allow_redirects=False) as response:
                payload = await response.read()
                return Answer(response.status, _date(response.headers.get("Date")), _json(payload))
        except (ClientError, TimeoutError, OSError) as error:
            kind = type(error).__name__
        raise SilentError(kind)  # out here, where no context keeps the address


@asynccontextmanager
async def looking(root: str) -> AsyncIterator[Look]:
    """Open a connection of its own; each question takes a few seconds at most."""
    timeout = ClientTimeout(total=SECONDS)
    async with ClientSession(
        timeout=timeout, cookie_jar=DummyCookieJar(), trust_env=False
    ) as session:
        yield Look(root, session)


def _json(payload: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(payload)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _date(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
