"""Requests to Telegram over aiohttp, as python-telegram-bot's `BaseRequest`.

Nothing here tries twice: whoever asked decides that, by what is known of the first try.
"""

import asyncio
import json
from functools import lru_cache
from types import TracebackType
from typing import Any

import orjson
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientOSError,
    ClientPayloadError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    ServerConnectionError,
    TCPConnector,
)
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

from bot.telegram.intake.sound import is_id
from bot.telegram.wire import read_json

CONNECTIONS = 64
KEEPALIVE_SECONDS = 90.0  # longer than a long poll, so that quiet hours cost no new handshake
LAST_LOOK_SECONDS = 0.5
OK, REDIRECT, TOO_MANY, SERVER_FAILED = 200, 300, 429, 500
LEAST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1, 7 * 86_400
JSON = {"Content-Type": "application/json"}
REFUSALS: dict[int, type[TelegramError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,  # so the Bot API answers a token that it cannot read
    409: Conflict,
}
"""What python-telegram-bot makes of a status."""

Seconds = DefaultValue[float] | float | DefaultValue[None] | None

# Their texts name host and port at most; those of the others may hold the address with the token.
_HARMLESS = (ClientOSError, ServerConnectionError, ClientPayloadError)


class AiohttpRequest(BaseRequest):
    """One session with a bounded pool. All time-outs are in seconds.

    A request that failed raises TimedOut or NetworkError, whose cause is aiohttp's exception:
    ClientConnectorError or ConnectionTimeoutError mean that nothing was sent. No text of an
    error holds the address (it contains the token) or what a failing server said.

    Args:
        connections: How many at most.
        pool: Seconds to wait for one of them.
        connect: Seconds until it stands.
        write: Seconds to send what holds files.
        read: Seconds until the whole answer is there; waiting and connecting not used up add to it.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        connect: float = 3.0,
        read: float = 10.0,
        write: float = 10.0,
        pool: float = 2.0,
    ) -> None:
        self._connections = connections
        self._connect = connect
        self._read = read
        self._write = write
        self._pool = pool
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The read time-out used when a call names none."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; a second call changes nothing."""
        if self._session is None:
            connector = TCPConnector(limit=self._connections, keepalive_timeout=KEEPALIVE_SECONDS)
            self._session = ClientSession(
                connector=connector,
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=False,
            )

    async def shutdown(self) -> None:
        """Close all connections; a second call changes nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body of one try; redirects are not followed.

        Raises:
            TimedOut: No connection, or no answer, in time.
            NetworkError: Anything else between us and a whole HTTP answer.
        """
        if self._session is None:
            raise NetworkError("the transport is closed") from ConnectionTimeoutError()
        body = body_of(request_data) if request_data else None
        connect = _chosen(connect_timeout, self._connect)
        waiting = _whole(connect, _chosen(pool_timeout, self._pool))
        # only what holds files takes long to write
        writing = _chosen(write_timeout, self._write) if isinstance(body, FormData) else 0.0
        whole = _whole(waiting, writing, _chosen(read_timeout, self._read))
        try:
            async with (
                _AtMost(whole),
                self._session.request(
                    method,
                    url,
                    data=body,
                    headers=JSON if isinstance(body, bytes) else None,
                    timeout=_to_connect(connect, waiting),
                    allow_redirects=False,
                ) as response,
            ):
                return response.status, _readable(response.status, await response.read())
        except (ClientError, TimeoutError, OSError, RuntimeError) as error:  # the last: of the loop
            failure = _failure(error)
        raise failure  # out here, where no context keeps the first text and the token in it

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the JSON object with its result; what else came is neither kept nor logged.

        Raises:
            NetworkError: It is no such object: something between us and Telegram spoke.
        """
        answer = _object(payload)
        if answer is None or "result" not in answer:
            raise NetworkError("Invalid server response")
        return answer


def _chosen(asked: Seconds, default: float) -> float | None:
    return default if isinstance(asked, DefaultValue) else asked


@lru_cache
def _whole(*parts: float | None) -> float | None:
    """Return the time for a whole call; None, without a limit, where a part of it has none."""
    return None if None in parts else sum(part for part in parts if part is not None)


@lru_cache
def _to_connect(connect: float | None, waiting: float | None) -> ClientTimeout:
    """Return aiohttp's limits until a request leaves: it counts waiting for the pool as connecting.

    Its limits for what follows are not used: they drop a reply that came before the time was over,
    if we were frozen until after it. See `_AtMost`.
    """
    return ClientTimeout(total=None, connect=waiting, sock_connect=connect)


class _AtMost:
    """Raises TimeoutError after so long, but not before what came by then had its turn."""

    __slots__ = ("_alarm", "_limit", "_seconds")

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._limit = asyncio.timeout(None)
        self._alarm: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> None:
        await self._limit.__aenter__()
        if self._seconds is not None:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(self._seconds, self._look_once_more, loop)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        await self._limit.__aexit__(kind, error, trace)

    def _look_once_more(self, loop: asyncio.AbstractEventLoop) -> None:
        self._limit.reschedule(loop.time() + LAST_LOOK_SECONDS)


def body_of(data: RequestData) -> FormData | bytes:
    """Return the parameters as JSON; as a form where files go along.

    Raises:
        BadRequest: They cannot be written as JSON; nothing was sent.
    """
    if not data.contains_files:
        try:
            return orjson.dumps(data.parameters)
        except TypeError as error:  # half of a surrogate pair, say
            raise BadRequest(type(error).__name__) from None
    form = FormData(data.json_parameters)
    for name, (filename, content, mimetype) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mimetype)
    return form


def result_of(status: int, payload: bytes) -> object:
    """Return the result in an answer of ``do_request``.

    Raises:
        TelegramError: It is a refusal, or no answer; of the kinds that python-telegram-bot raises.
    """
    answer = AiohttpRequest.parse_json_payload(payload)
    if OK <= status < REDIRECT:
        return answer["result"]
    if is_id(new_chat := _told(answer, "migrate_to_chat_id")) and new_chat:
        raise ChatMigrated(new_chat)
    seconds = _told(answer, "retry_after")
    if seconds > 0 or status == TOO_MANY:  # certainly not delivered, whatever else it says
        raise RetryAfter(min(max(seconds, LEAST_WAIT_SECONDS), LONGEST_WAIT_SECONDS))
    kind = REFUSALS.get(status, NetworkError)
    raise kind(str(answer.get("description") or f"HTTP status {status}"))


def _told(answer: dict[str, Any], name: str) -> int:
    """Return a number that tells what to do about a refusal; 0 where there is none."""
    parameters = answer.get("parameters")
    value = parameters.get(name) if isinstance(parameters, dict) else None
    return value if isinstance(value, int) else 0


def _object(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = read_json(payload)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _readable(status: int, payload: bytes) -> bytes:
    """Return the body, of a refusal only what the Bot API documents.

    What a server in between says (a page with 403, say) is not Telegram's word on a chat or
    token, so it raises NetworkError; so does what a failing server says.
    """
    if OK <= status < REDIRECT:
        return payload
    answer = _object(payload)
    if status == TOO_MANY:
        answer = {**(answer or {}), "ok": False}  # also of a server in between: it went no further
    if answer is None or answer.get("ok") is not False or status >= SERVER_FAILED:
        raise NetworkError(f"HTTP status {status} without an answer of the Bot API")
    known = {"parameters": _numbers(answer.get("parameters")), "result": None}
    if "description" in answer:
        known["description"] = answer["description"]
    return json.dumps(known).encode()


def _numbers(parameters: object) -> dict[str, int]:
    """Return those that tell what to do: nobody is to wait for years, or fail over a word."""
    told = parameters if isinstance(parameters, dict) else {}
    wait, chat = told.get("retry_after"), told.get("migrate_to_chat_id")
    numbers = {}
    if isinstance(wait, int | float) and wait > 0:  # one of very many digits comes as a float
        numbers["retry_after"] = int(min(wait, LONGEST_WAIT_SECONDS))
    return {**numbers, "migrate_to_chat_id": chat} if is_id(chat) else numbers


def _failure(error: Exception) -> NetworkError:
    """Return what python-telegram-bot expects, with a cause that does not know the address."""
    kind = type(error).__name__
    failure = TimedOut(kind) if isinstance(error, TimeoutError) else NetworkError(kind)
    if isinstance(error, ConnectionTimeoutError):
        failure.__cause__ = ConnectionTimeoutError("no connection in time")
    elif isinstance(error, _HARMLESS):
        failure.__cause__ = error
    return failure


def was_sent(error: NetworkError) -> bool:
    """Return whether any byte may have reached Telegram; no if there was no connection."""
    return not isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError)
