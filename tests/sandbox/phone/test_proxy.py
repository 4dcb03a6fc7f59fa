"""The WebView's way to a page and back, and who may not use it."""

import asyncio
import gzip

import httpx
import pytest

from tests.sandbox.phone.conftest import Theatre
from tests.sandbox.scene import Scene, a_sandbox

SHOP = "http://p1--127-0-0-1--8000.webview.localhost:8001"
WECHAT = "http://p1--127-0-0-1--8001.webview.localhost:8001"
PHONE = "http://phone.webview.localhost:8001"
HTML = [(b"content-type", b"text/html; charset=utf-8")]


async def get(scene: Scene, url: str, **headers: str) -> httpx.Response:
    """Ask as a browser does that follows nothing."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return await scene.http.get(url, headers=told)


def test_a_page_comes_from_its_origin_with_the_bridge(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{SHOP}/a%2Fb?c=%E8%8C%B6", referer=f"{SHOP}/before",
                           accept_language="zh-CN", cookie="a=1; b=2",
                           sec_ch_ua_mobile="?0")  # fmt: skip
        assert answer.status_code == 200
        assert '<head><script src="/__wechat__/bridge.js" data-person="1"' in answer.text
        ((method, target, headers, body),) = theatre.origin.came
        assert (method, target, body) == ("GET", "/a%2Fb?c=%E8%8C%B6", b"")
        assert headers["host"] == "127.0.0.1:8000"
        assert headers["referer"] == "http://127.0.0.1:8000/before"
        assert headers["cookie"] == "a=1; b=2"
        assert "MicroMessenger/8.0" in headers["user-agent"]
        assert "x-sandbox-person" not in headers
        assert "sec-ch-ua-mobile" not in headers

    theatre.play(act)


def test_a_form_is_sent_with_the_origin_of_its_page(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        headers = {"origin": SHOP, "content-type": "application/x-www-form-urlencoded"}
        await scene.http.post(f"{SHOP}/orders", content=b"a=1&b=2", headers=headers)
        ((method, target, came, body),) = theatre.origin.came
        assert (method, target, body) == ("POST", "/orders", b"a=1&b=2")
        assert came["origin"] == "http://127.0.0.1:8000"
        assert came["content-length"] == "7"

    theatre.play(act)


def test_what_the_phone_opens_comes_from_nowhere(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        await get(scene, f"{SHOP}/", referer=f"{PHONE}/", sec_fetch_site="same-site")
        headers = theatre.origin.came[0][2]
        assert "referer" not in headers
        assert headers["sec-fetch-site"] == "none"

    theatre.play(act)


def test_only_what_is_navigated_to_gets_the_bridge(theatre: Theatre) -> None:
    theatre.origin.parts = [b'<a href="http://127.0.0.1:8000/x">x</a>']

    async def act(scene: Scene) -> None:
        part = await get(scene, f"{SHOP}/part", sec_fetch_dest="empty")
        assert part.text == f'<a href="{SHOP}/x">x</a>'
        page = await get(scene, f"{SHOP}/page", sec_fetch_dest="iframe")
        assert page.text.startswith("<script src=")

    theatre.play(act)


def test_pictures_and_packed_files_pass_byte_for_byte(theatre: Theatre) -> None:
    packed = gzip.compress(b"body{}" * 100)
    theatre.origin.headers = [(b"content-type", b"text/css"), (b"content-encoding", b"gzip"),
                      (b"content-length", str(len(packed)).encode())]  # fmt: skip
    theatre.origin.parts = [packed[:20], packed[20:]]

    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{SHOP}/style.css")
        assert answer.content == b"body{}" * 100
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["content-length"] == str(len(packed))

    theatre.play(act)


def test_a_packed_page_is_unpacked_for_the_bridge(theatre: Theatre) -> None:
    theatre.origin.headers = [*HTML, (b"content-encoding", b"gzip")]
    theatre.origin.parts = [gzip.compress("<html><head></head>茶</html>".encode())]

    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{SHOP}/")
        assert "content-encoding" not in answer.headers
        assert answer.text.endswith("</head>茶</html>")
        assert "bridge.js" in answer.text

    theatre.play(act)


def test_people_never_share_a_cookie(theatre: Theatre) -> None:
    theatre.origin.headers = [*HTML, (b"set-cookie", b"openid=secret; Domain=127.0.0.1; Path=/")]

    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{SHOP}/")
        assert answer.headers["set-cookie"] == "openid=secret; Path=/"
        scene.http.cookies.clear()
        await get(scene, SHOP.replace("p1--", "p2--"))
        assert [headers.get("cookie") for _, _, headers, _ in theatre.origin.came] == [None, None]
        assert len(scene.world.web.cookies) == 0

    theatre.play(act)


@pytest.mark.parametrize(
    "host",
    ["p1--10-0-0-1--80", "p1--evil-com--80", "p1--169-254-169-254--80", "p1--127-0-0-2--80", "x"],
)
def test_nothing_but_this_machine_is_reached(theatre: Theatre, host: str) -> None:
    async def act(scene: Scene) -> None:
        answer = await get(scene, f"http://{host}.webview.localhost:8001/")
        assert answer.status_code == 404
        assert theatre.origin.came == []

    theatre.play(act)


def test_a_registered_domain_is_reached(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        body = {"web_domains": ["127.0.0.1", "shop.example.test"]}
        await scene.control("PUT", f"/sandbox/accounts/{scene.account.appid}", body)
        url = "http://p1--shop-example-test--443--s.webview.localhost:8001/"
        assert (await get(scene, url)).status_code == 200
        assert theatre.origin.came[0][2]["host"] == "shop.example.test"

    theatre.play(act)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://webview.localhost.evil.example"},
    ],
)
def test_a_page_of_the_wide_web_does_not_use_the_webview(
    theatre: Theatre, headers: dict[str, str]
) -> None:
    async def act(scene: Scene) -> None:
        assert (await get(scene, f"{SHOP}/", **headers)).status_code == 403
        assert theatre.origin.came == []

    theatre.play(act)


def test_the_sandbox_is_told_who_holds_the_phone_and_by_nobody_else(theatre: Theatre) -> None:
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

    theatre.play(act)


async def openid_by(scene: Scene, place: str) -> str:
    """Give the openid that a code stands for."""
    told = {
        "appid": scene.account.appid, "secret": scene.account.secret,
        "code": httpx.URL(place).params["code"], "grant_type": "authorization_code",
    }  # fmt: skip
    answer = await scene.http.get("/sns/oauth2/access_token", params=told)
    return str(answer.json()["openid"])


def test_another_sites_page_cannot_say_who_holds_the_phone(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        asked = "/connect/oauth2/authorize?appid=x&redirect_uri=y"
        agent = {"user_agent": "MicroMessenger/8.0"}
        own = await get(scene, asked, x_sandbox_person="1", **agent)
        foreign = await get(
            scene, asked, x_sandbox_person="1", origin="https://evil.example", **agent
        )
        assert "请在微信客户端打开链接" not in own.text
        assert "请在微信客户端打开链接" in foreign.text

    theatre.play(act)


@pytest.mark.parametrize(
    "path", ["/sandbox/faults", "//sandbox/faults", "/phone", "/v3/certificates"]
)
def test_a_page_in_the_webview_does_not_drive_the_sandbox(theatre: Theatre, path: str) -> None:
    async def act(scene: Scene) -> None:
        answer = await scene.http.get(f"{WECHAT}{path}", headers={"origin": SHOP})
        assert answer.status_code == 404
        assert answer.text == "no page in a WebView asks for this"

    theatre.play(act)


def test_a_redirect_to_wechat_stays_in_the_webview(theatre: Theatre) -> None:
    theatre.origin.status = 302
    theatre.origin.headers = [
        (b"location", b"https://open.weixin.qq.com/connect/oauth2/authorize?a=b")
    ]
    theatre.origin.parts = []

    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{SHOP}/login")
        assert answer.headers["location"] == f"{WECHAT}/connect/oauth2/authorize?a=b"

    theatre.play(act)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "沙箱外面"), ("en", "outside the sandbox")]
)
def test_a_way_out_is_shown_as_such(theatre: Theatre, language: str, words: str) -> None:
    async def act(scene: Scene) -> None:
        url = f"{SHOP}/__wechat__/outside?url=https%3A%2F%2Fexample.com%2F%3Ca%3E"
        answer = await get(scene, url, accept_language=language)
        assert words in answer.text
        assert "https:&#x2f;&#x2f;example.com&#x2f;&lt;a&gt;" in answer.text
        assert "bridge.js" in answer.text

    theatre.play(act)


def test_an_origin_that_does_not_answer_is_named(fresh_database: tuple[str, str]) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            await act(scene)

    async def act(scene: Scene) -> None:
        answer = await get(scene, "http://p1--127-0-0-1--1.webview.localhost:8001/")
        assert answer.status_code == 502
        assert "127.0.0.1:1" in answer.text
        assert "ConnectError" in answer.text

    asyncio.run(main())


def test_the_scripts_of_wechat_are_on_every_host(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        bridge = await get(scene, f"{SHOP}/__wechat__/bridge.js")
        sdk = await get(scene, f"{SHOP}/__wechat__/jweixin.js")
        assert bridge.headers["content-type"].startswith("text/javascript")
        assert "MicroMessenger" in bridge.text
        assert "window.wx=window.jWeixin=" in sdk.text
        assert theatre.origin.came == []

    theatre.play(act)
