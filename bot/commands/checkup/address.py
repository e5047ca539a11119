"""The address of health and metrics: free, or held by a bot that works, or by somebody else."""

import asyncio
import socket

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.commands.checkup.findings import Case, Finding, ok, problem
from bot.ops.health import unusable

SECONDS = 2.0
FINE = 200
ALIVE = "alive"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - asked, not bound


def listen(case: Case) -> list[Finding]:
    """Ask the address whether a bot answers there; if nothing listens, whether one could."""
    host, port = case.settings.address
    held = asyncio.run(_asked(host, port))
    return [held or _free(host, port, case.settings.listen)]


async def _asked(host: str, port: int) -> Finding | None:
    """Return what the one who listens says; None: nobody does."""
    reached = EVERYWHERE.get(host, host)
    root = f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"
    try:
        async with ClientSession(timeout=ClientTimeout(total=SECONDS)) as session:
            _, said = await _text(session, f"{root}/healthz")
            if said.strip() == ALIVE:
                return _ready(*await _text(session, f"{root}/readyz"))
    except (ClientError, TimeoutError, OSError, UnicodeError):
        return None
    return None


async def _text(session: ClientSession, address: str) -> tuple[int, str]:
    async with session.get(address, allow_redirects=False) as response:
        return response.status, await response.text(errors="replace")


def _ready(status: int, said: str) -> Finding:
    lines = [" ".join(line.split()) for line in said.splitlines()]
    if status == FINE:
        return ok(f"running bot: it is ready ({', '.join(lines)})")
    red = [line for line in lines if not line.endswith(": ok")]
    return problem(
        f"running bot: it is not ready ({', '.join(red)}).",
        "docs/operating.md, 'When something breaks', says what to do for each.",
    )


def _free(host: str, port: int, listen: str) -> Finding:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        with socket.socket(found[0][0], socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(found[0][4])
    except (OSError, UnicodeError) as error:
        refusal = unusable(listen, error)
        return problem(refusal.problem, refusal.fix)
    return ok(f"BOT_LISTEN: {listen} is free; no bot runs here")
