"""Who is let in: only clients of this machine, and in a browser only our own page."""

from collections.abc import Callable, Iterable
from ipaddress import ip_address

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.errors import SettingsError

OWN_SITE = {None, "same-origin", "none"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def check_loopback(host: str) -> None:
    """Let the server listen on this machine only.

    Raises:
        SettingsError: the address can be reached from outside, or is none.
    """
    try:
        inside = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        inside = False
    if not inside:
        raise SettingsError(f"The simulator does not listen on {host}.", "use 127.0.0.1.")


def names_of(ports: Iterable[int]) -> frozenset[str]:
    """Return the values of a Host header that mean this server."""
    hosts = ("127.0.0.1", "localhost", "[::1]")
    return frozenset(f"{host}:{port}" for host in hosts for port in ports)


def guard(
    ports: Callable[[], Iterable[int]],
) -> Middleware:
    """Return the middleware that refuses other names of this server and other sites' pages."""

    @web.middleware
    async def let_in(request: web.Request, handler: Handler) -> web.StreamResponse:
        names = names_of(ports())
        origin = request.headers.get("Origin")
        own_page = origin is None or origin.removeprefix("http://") in names
        own_site = request.headers.get("Sec-Fetch-Site") in OWN_SITE
        if request.headers.get("Host") not in names or not own_page or not own_site:
            return web.Response(status=403, text="Forbidden")
        return await handler(request)

    return let_in


async def put_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on that keep the page to itself; a signal of the web application."""
    response.headers.update(HEADERS)
