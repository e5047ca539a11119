"""The server: who is let in, where it listens, what it keeps."""

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest

from bot.errors import SettingsError
from bot.simulator.api import DEMO_ACCESS, Api
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.server import Simulator
from bot.simulator.statefile import load_state
from tests.simulator.conftest import Client, Clock

PATHS = ["/", "/sim/state", f"/bot{DEMO_ACCESS}/getMe"]


def simulator(clock: Clock, **options: object) -> Simulator:
    controls = ServerOnlyControls(clock.now)
    options = {"port": 0} | options
    return Simulator(Api(controls.now), controls, **options)  # type: ignore[arg-type]  # tests choose


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host", ["evil.example.org", "127.0.0.1", "127.0.0.1:1", "unknot.local:80"]
)
async def test_another_host_name_is_refused(client: Client, path: str, host: str) -> None:
    assert await client.status("GET", path, Host=host) == 403


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("origin", ["http://evil.example.org", "null", "http://127.0.0.1:1", ""])
async def test_a_page_of_another_origin_is_refused(client: Client, path: str, origin: str) -> None:
    assert await client.status("GET", path, Origin=origin) == 403
    assert await client.status("POST", path, Origin=origin) == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_picture_or_link_on_another_site_is_refused(client: Client, site: str) -> None:
    path = f"/bot{DEMO_ACCESS}/setMyName?name=evil"

    assert await client.status("GET", path, **{"Sec-Fetch-Site": site}) == 403
    assert client.api.log.by_method["setMyName"] == 0


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
async def test_our_own_page_is_let_in_under_each_name(client: Client, name: str) -> None:
    host = f"{name}:{client.simulator.port}"
    own = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}

    for path in PATHS:
        assert await client.status("GET", path, **own) == 200


async def test_every_reply_keeps_the_page_to_itself(client: Client) -> None:
    for path in [*PATHS, "/nothing"]:
        async with client.http.get(client.simulator.url + path) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])  # noqa: S104 - refused
def test_it_does_not_listen_where_others_could_reach_it(clock: Clock, host: str) -> None:
    with pytest.raises(SettingsError, match=r"127\.0\.0\.1"):
        simulator(clock, host=host)


@pytest.mark.parametrize("host", ["localhost", "::1"])
async def test_other_names_of_this_machine_serve_too(clock: Clock, host: str) -> None:
    server = simulator(clock, host=host)
    assert server.url == (f"http://[{host}]:0" if ":" in host else f"http://{host}:0")


async def test_a_busy_port_names_the_next_one(client: Client, clock: Clock) -> None:
    port = client.simulator.port
    with pytest.raises(SettingsError, match=f"{port} is in use. Fix: PORT={port + 1} make demo"):
        await simulator(clock, port=port).start()


async def test_a_port_that_is_not_allowed_is_named(clock: Clock) -> None:
    with pytest.raises(SettingsError, match=r"Port 70000 cannot be used\. Fix"):
        await simulator(clock, port=70_000).start()


async def test_a_stopped_server_starts_again_on_its_port(client: Client) -> None:
    url = client.simulator.url
    await client.simulator.stop()
    await client.simulator.start()

    assert client.simulator.url == url
    assert (await client.bot("getMe"))["ok"] is True


async def test_the_state_is_written_at_the_end(clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "simulator.json"
    server = simulator(clock, state_file=path)
    await server.start()
    server.api.add_person("Ann")
    assert not path.exists()
    await server.stop()

    saved = load_state(path)
    assert saved is not None
    assert saved.api["chats"][0]["name"] == "Ann"


async def test_the_state_is_written_soon_after_a_change(clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "simulator.json"
    server = simulator(clock, state_file=path, save_after=0)
    await server.start()
    server.api.add_person("Ann")
    server.api.add_person("Ben")
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    saved = load_state(path)
    assert saved is not None
    assert [chat["name"] for chat in saved.api["chats"]] == ["Ann", "Ben"]
    await server.stop()


async def test_a_state_that_cannot_be_written_is_logged_and_no_end(
    clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    server = simulator(clock, state_file=tmp_path / "file" / "simulator.json")
    await server.start()
    await server.stop()

    assert [record.__dict__["event"] for record in caplog.records] == ["simulator.state_not_saved"]


async def test_the_page_and_its_files_are_served_and_nothing_else(client: Client) -> None:
    async with client.http.get(client.simulator.url) as response:
        page = await response.text()
        assert response.content_type == "text/html"
    files = re.findall(r"""(?:src|href)="/?(page/[\w.-]+)""", page)
    for file in files:
        assert await client.status("GET", f"/{file}") == 200
    assert files

    for path in ["/page/none.js", "/page/..%2fserver.py", "/page/", "/etc/passwd"]:
        assert await client.status("GET", path) == 404


async def test_a_waiting_page_does_not_hold_up_the_end(client: Client) -> None:
    async with aiohttp.ClientSession() as http:
        response = await http.get(f"{client.simulator.url}/sim/events?after=0")
        async with asyncio.timeout(1):
            await client.simulator.stop()
        response.close()
