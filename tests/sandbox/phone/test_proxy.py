"""The WebView's way to a page and back, and who may not use it."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.sandbox.scene import Scene, a_sandbox

SHOP = "http://p1--127-0-0-1--8000.webview.localhost:8001"
WECHAT = "http://p1--127-0-0-1--8001.webview.localhost:8001"
PHONE = "http://phone.webview.localhost:8001"
HTML = [(b"content-type", b"text/html; charset=utf-8")]


class Origin:
    """A shop's server: remembers what came, answers what a test puts here."""

    def __init__(self) -> None:
        self.came: list[tuple[str, str, dict[str, str], bytes]] = []
        self.status, self.headers = 200, list(HTML)
        self.parts = [b"<!doctype html><html><head></head><body>shop</body></html>"]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, is_more = b"", True
        while is_more:
            event = await receive()
            body, is_more = body + event.get("body", b""), event.get("more_body", False)
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        target = scope["raw_path"].decode() + (
            f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        )
        self.came.append((scope["method"], target, headers, body))
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)
        for part in self.parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def origin() -> Origin:
    """Lend a shop's server."""
    return Origin()


Act = Callable[[Scene], Awaitable[None]]


def play(database: str, origin: Origin, act: Act) -> None:
    """Have something done in a sandbox whose outside is this origin."""

    async def main() -> None:
        async with a_sandbox(database, receiver=origin) as scene:
            await act(scene)

    asyncio.run(main())


async def get(scene: Scene, url: str, **headers: str) -> httpx.Response:
    """Ask as a browser does that follows nothing."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return await scene.http.get(url, headers=told)


def test_a_page_comes_from_its_origin_with_the_bridge(cast: str, origin: Origin) -> None:
    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{SHOP}/a%2Fb?c=%E8%8C%B6", referer=f"{SHOP}/before",
                           accept_language="zh-CN", cookie="a=1; b=2",
                           sec_ch_ua_mobile="?0")  # fmt: skip
        assert answer.status_code == 200
        assert '<head><script src="/__wechat__/bridge.js" data-person="1"' in answer.text
        ((method, target, headers, body),) = origin.came
        assert (method, target, body) == ("GET", "/a%2Fb?c=%E8%8C%B6", b"")
        assert headers["host"] == "127.0.0.1:8000"
        assert headers["referer"] == "http://127.0.0.1:8000/before"
        assert headers["cookie"] == "a=1; b=2"
        assert "MicroMessenger/8.0" in headers["user-agent"]
        assert "x-sandbox-person" not in headers
        assert "sec-ch-ua-mobile" not in headers

    play(cast, origin, act)


def test_a_form_is_sent_with_the_origin_of_its_page(cast: str, origin: Origin) -> None:
    async def act(scene: Scene) -> None:
        headers = {"origin": SHOP, "content-type": "application/x-www-form-urlencoded"}
        await scene.http.post(f"{SHOP}/orders", content=b"a=1&b=2", headers=headers)
        ((method, target, came, body),) = origin.came
        assert (method, target, body) == ("POST", "/orders", b"a=1&b=2")
        assert came["origin"] == "http://127.0.0.1:8000"
        assert came["content-length"] == "7"

    play(cast, origin, act)


def test_what_the_phone_opens_comes_from_nowhere(cast: str, origin: Origin) -> None:
    async def act(scene: Scene) -> None:
        await get(scene, f"{SHOP}/", referer=f"{PHONE}/", sec_fetch_site="same-site")
        headers = origin.came[0][2]
        assert "referer" not in headers
        assert headers["sec-fetch-site"] == "none"

    play(cast, origin, act)


def test_only_what_is_navigated_to_gets_the_bridge(cast: str, origin: Origin) -> None:
    origin.parts = [b'<a href="http://127.0.0.1:8000/x">x</a>']

    async def act(scene: Scene) -> None:
        part = await get(scene, f"{SHOP}/part", sec_fetch_dest="empty")
        assert part.text == f'<a href="{SHOP}/x">x</a>'
        page = await get(scene, f"{SHOP}/page", sec_fetch_dest="iframe")
        assert page.text.startswith("<script src=")

    play(cast, origin, act)


def test_pictures_and_packed_files_pass_byte_for_byte(cast: str, origin: Origin) -> None:
    packed = gzip.compress(b"body{}" * 100)
    origin.headers = [(b"content-type", b"text/css"), (b"content-encoding", b"gzip"),
                      (b"content-length", str(len(packed)).encode())]  # fmt: skip
    origin.parts = [packed[:20], packed[20:]]

    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{SHOP}/style.css")
        assert answer.content == b"body{}" * 100
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["content-length"] == str(len(packed))

    play(cast, origin, act)


def test_a_packed_page_is_unpacked_for_the_bridge(cast: str, origin: Origin) -> None:
    origin.headers = [*HTML, (b"content-encoding", b"gzip")]
    origin.parts = [gzip.compress("<html><head></head>茶</html>".encode())]

    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{SHOP}/")
        assert "content-encoding" not in answer.headers
        assert answer.text.endswith("</head>茶</html>")
        assert "bridge.js" in answer.text

    play(cast, origin, act)


def test_people_never_share_a_cookie(cast: str, origin: Origin) -> None:
    origin.headers = [*HTML, (b"set-cookie", b"openid=secret; Domain=127.0.0.1; Path=/")]

    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{SHOP}/")
        assert answer.headers["set-cookie"] == "openid=secret; Path=/"
        scene.http.cookies.clear()
        await get(scene, SHOP.replace("p1--", "p2--"))
        assert [headers.get("cookie") for _, _, headers, _ in origin.came] == [None, None]
        assert len(scene.world.http.cookies) == 0

    play(cast, origin, act)


@pytest.mark.parametrize(
    "host",
    ["p1--10-0-0-1--80", "p1--evil-com--80", "p1--169-254-169-254--80", "p1--127-0-0-2--80", "x"],
)
def test_nothing_but_this_machine_is_reached(cast: str, origin: Origin, host: str) -> None:
    async def act(scene: Scene) -> None:
        answer = await get(scene, f"http://{host}.webview.localhost:8001/")
        assert answer.status_code == 404
        assert origin.came == []

    play(cast, origin, act)


def test_a_registered_domain_is_reached(cast: str, origin: Origin) -> None:
    async def act(scene: Scene) -> None:
        body = {"web_domains": ["127.0.0.1", "shop.example.test"]}
        await scene.control("PUT", f"/sandbox/accounts/{scene.account.appid}", body)
        url = "http://p1--shop-example-test--443--s.webview.localhost:8001/"
        assert (await get(scene, url)).status_code == 200
        assert origin.came[0][2]["host"] == "shop.example.test"

    play(cast, origin, act)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://webview.localhost.evil.example"},
    ],
)
def test_a_page_of_the_wide_web_does_not_use_the_webview(
    cast: str, origin: Origin, headers: dict[str, str]
) -> None:
    async def act(scene: Scene) -> None:
        assert (await get(scene, f"{SHOP}/", **headers)).status_code == 403
        assert origin.came == []

    play(cast, origin, act)


def test_the_sandbox_is_told_who_holds_the_phone_and_by_nobody_else(
    cast: str, origin: Origin
) -> None:
    async def act(scene: Scene) -> None:
        asked = (
            f"/connect/oauth2/authorize?appid={scene.account.appid}"
            "&redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2Fback&response_type=code"
            "&scope=snsapi_base&state=s"
        )
        people = {}
        for person in (1, 2):
            url = WECHAT.replace("p1--", f"p{person}--")
            answer = await get(scene, f"{url}{asked}", x_sandbox_person="3")
            place = answer.headers["location"]
            assert place.startswith(f"http://p{person}--127-0-0-1--8000.webview.localhost:8001/")
            people[person] = await openid_by(scene, place)
        known = {each.person_id: each for each in scene.people}
        async with scene.world.transaction() as tx:
            for person, openid in people.items():
                rows = await tx.connection.fetch(
                    "select person_id from sandbox.openids where openid = $1", openid
                )
                assert rows[0]["person_id"] == known[person].person_id

    play(cast, origin, act)


async def openid_by(scene: Scene, place: str) -> str:
    """Give the openid that a code stands for."""
    told = {
        "appid": scene.account.appid, "secret": scene.account.secret,
        "code": httpx.URL(place).params["code"], "grant_type": "authorization_code",
    }  # fmt: skip
    answer = await scene.http.get("/sns/oauth2/access_token", params=told)
    return str(answer.json()["openid"])


def test_another_sites_page_cannot_say_who_holds_the_phone(cast: str, origin: Origin) -> None:
    async def act(scene: Scene) -> None:
        asked = "/connect/oauth2/authorize?appid=x&redirect_uri=y"
        agent = {"user_agent": "MicroMessenger/8.0"}
        own = await get(scene, asked, x_sandbox_person="1", **agent)
        foreign = await get(
            scene, asked, x_sandbox_person="1", origin="https://evil.example", **agent
        )
        assert "请在微信客户端打开链接" not in own.text
        assert "请在微信客户端打开链接" in foreign.text

    play(cast, origin, act)


@pytest.mark.parametrize(
    "path", ["/sandbox/faults", "//sandbox/faults", "/phone", "/v3/certificates"]
)
def test_a_page_in_the_webview_does_not_drive_the_sandbox(
    cast: str, origin: Origin, path: str
) -> None:
    async def act(scene: Scene) -> None:
        answer = await scene.http.get(f"{WECHAT}{path}", headers={"origin": SHOP})
        assert answer.status_code == 404
        assert answer.text == "no page in a WebView asks for this"

    play(cast, origin, act)


def test_a_redirect_to_wechat_stays_in_the_webview(cast: str, origin: Origin) -> None:
    origin.status = 302
    origin.headers = [(b"location", b"https://open.weixin.qq.com/connect/oauth2/authorize?a=b")]
    origin.parts = []

    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{SHOP}/login")
        assert answer.headers["location"] == f"{WECHAT}/connect/oauth2/authorize?a=b"

    play(cast, origin, act)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "沙箱外面"), ("en", "outside the sandbox")]
)
def test_a_way_out_is_shown_as_such(cast: str, origin: Origin, language: str, words: str) -> None:
    async def act(scene: Scene) -> None:
        url = f"{SHOP}/__wechat__/outside?url=https%3A%2F%2Fexample.com%2F%3Ca%3E"
        answer = await get(scene, url, accept_language=language)
        assert words in answer.text
        assert "https:&#x2f;&#x2f;example.com&#x2f;&lt;a&gt;" in answer.text
        assert "bridge.js" in answer.text

    play(cast, origin, act)


def test_an_origin_that_does_not_answer_is_named(cast: str) -> None:
    async def act(scene: Scene) -> None:
        answer = await get(scene, "http://p1--127-0-0-1--1.webview.localhost:8001/")
        assert answer.status_code == 502
        assert "127.0.0.1:1" in answer.text
        assert "ConnectError" in answer.text

    async def main() -> None:
        async with a_sandbox(cast) as scene:
            await act(scene)

    asyncio.run(main())


def test_the_scripts_of_wechat_are_on_every_host(cast: str, origin: Origin) -> None:
    async def act(scene: Scene) -> None:
        bridge = await get(scene, f"{SHOP}/__wechat__/bridge.js")
        sdk = await get(scene, f"{SHOP}/__wechat__/jweixin.js")
        assert bridge.headers["content-type"].startswith("text/javascript")
        assert "MicroMessenger" in bridge.text
        assert "window.wx=window.jWeixin=" in sdk.text
        assert origin.came == []

    play(cast, origin, act)
