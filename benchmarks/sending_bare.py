"""The same messages over aiohttp and nothing else: what any sender on it pays at least.

``python -m benchmarks.sending_bare ROOT TOKEN COUNT IN_FLIGHT``
"""

import asyncio
import sys

import aiohttp
import orjson
import uvloop

from benchmarks.peers.loop import timed
from benchmarks.sending_ours import SCREEN
from bot.telegram.render import packed
from bot.telegram.transport import CONNECTIONS, JSON


async def main(root: str, token: str, count: str, in_flight: str) -> str:
    """Send, and return the figures."""
    words, url = packed(SCREEN), f"{root}/bot{token}/sendMessage"
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:

        async def send(chat: int) -> None:
            body = orjson.dumps({"chat_id": chat, **words})
            async with session.post(url, data=body, headers=JSON) as answer:
                if not orjson.loads(await answer.read())["ok"]:
                    raise RuntimeError("not sent")

        return await timed(send, int(count), int(in_flight))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(runner.run(main(*sys.argv[1:])))
