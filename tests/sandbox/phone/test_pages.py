"""The pages: every one in both languages, the same from two engines, and nothing made up."""

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import jinja2
import pytest

from jishi.pages import LANGUAGES
from jishi.pages.engine import known, source
from jishi.sandbox.phone import asked, page, sheets, templates
from jishi.sandbox.phone.files import ADDRESS
from tests.house.checks.language import HAN
from tests.sandbox.phone.conftest import Theatre
from tests.sandbox.scene import Scene

PHONE = "http://phone.webview.localhost:8001"
RECORDS = {"panel_calls.html", "panel_carriage.html", "panel_exchange.html"}
"""What was said between others stands there as it was said."""

HAN_RUN = re.compile(f"{HAN.pattern}+")
SCREENS = (
    "chats", "contacts", "discover", "me", "accounts", "accounts?wanted=nobody", "moments", "scan",
)  # fmt: skip
SHEETS = (
    "person", "group", "moment", "more", "share", "complaint", "refused?words=x", "words?words=x",
    "words?kind=over", "place?place=30,120", "pictures", "allow?what=place", "allow?what=address",
    "cashier?prepay_id=x",
)  # fmt: skip
TABS = ("calls", "exchanges", "exchanges?trouble=1&direction=in", "faults", "clock", "deliveries",
        "post", "carriage", "credentials")  # fmt: skip
Shown = tuple[str, str, Mapping[str, object], str]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Shown]:
    """Lend what is rendered while a test runs."""
    found: list[Shown] = []
    render = templates.render

    def listen(language: str, template: str, given: Mapping[str, object]) -> str:
        html = render(language, template, given)
        found.append((language, template, given, html))
        return html

    monkeypatch.setattr(asked, "render", listen)
    monkeypatch.setattr(page, "render", listen)
    return found


async def get(scene: Scene, path: str, language: str = "zh-CN") -> httpx.Response:
    """Read a page of the phone."""
    return await scene.http.get(f"{PHONE}{path}", headers={"accept-language": language})


async def furnish(scene: Scene) -> dict[str, Any]:
    """Give the phone something to show."""
    account = scene.account
    await scene.http.post("/sandbox/deeds/follow", json={"person_id": 1, "appid": account.appid})
    room = await scene.control("POST", "/sandbox/rooms", {"person_ids": [1, 2, 3], "name": "茶友"})
    path = f"/sandbox/rooms/{room['room_id']}/messages"
    card = {"kind": "card", "content": {"url": "http://127.0.0.1:8000/<a>", "title": "<b>"}}
    for told in (
        {"kind": "text", "content": {"text": "喝茶 <i>"}},
        card,
        {"kind": "photo", "content": {"photo_id": "0" * 64}},
        {"kind": "place", "content": {"place": "30,120"}},
    ):
        await scene.control("POST", path, {"person_id": 2, **told})
        if told["kind"] != "place":
            await scene.control("POST", "/sandbox/moments", {"person_id": 2, **told})
    for kind in ("sms", "mail"):
        told = {"to": "<a@b.example>", "subject": "<s>", "words": "Your code is <1>"}
        headers = {"webhook-id": f"<{kind}>"}
        await scene.http.post(f"/sandbox/messages/{kind}", json=told, headers=headers)
    for number in ("SF1", "SF2"):
        sought = {"carrier": "SF", "tracking_number": number}
        await scene.control("POST", "/sandbox/carrier/queries", sought)
        await scene.control("POST", "/sandbox/carrier/troubles", {**sought, "trouble": "lost"})
    await scene.arm("slow", operation="/nowhere", times=None, percent=50)
    return {"room": room["room_id"], "appid": account.appid}


async def read_all(scene: Scene) -> None:
    """Read every page in both languages."""
    had = await furnish(scene)
    people = "/phone/people/1"
    paths = [people, *(f"{people}/{each}" for each in SCREENS)]
    paths += [f"{people}/sheets/{each}" for each in SHEETS]
    paths += [f"/phone/panel/{each}" for each in TABS]
    paths += [f"{people}/chats/{had['appid']}", f"{people}/chats/room-{had['room']}",
              f"{people}/accounts/{had['appid']}", f"{people}/sheets/notices?appid={had['appid']}",
              f"/phone/people/3/chats/{had['appid']}"]  # fmt: skip
    kept = await scene.control("GET", "/sandbox/exchanges")
    paths.append(f"/phone/panel/exchanges/{kept['exchanges'][0]['exchange_id']}")
    for language in LANGUAGES:
        for path in paths:
            answer = await get(scene, path, language)
            assert answer.status_code == 200, (path, answer.text)
    await scene.control("DELETE", "/sandbox/faults")


def test_every_page_speaks_its_readers_language(theatre: Theatre, shown: list[Shown]) -> None:
    theatre.play(read_all)
    scene = theatre.scene
    # What people, accounts and cities are called, and what was said, is the same to every reader.
    given = {"茶友", "喝茶", "好茶", "茶", "中文", "丁", "甲", "乙", "丙"}
    given |= {each.name for each in scene.people} | {each.name for each in scene.merchants}
    given |= {each.name for each in scene.world.accounts.values()}
    given |= {each.name for each in sheets.CITIES} | {each.city for each in scene.people}
    given |= {each.name[0] for each in scene.world.accounts.values()}
    for language, template, _, html in shown:
        if language == "en" and template not in RECORDS:
            assert set(HAN_RUN.findall(html)) <= given, template


def test_two_engines_agree_on_every_page(theatre: Theatre, shown: list[Shown]) -> None:
    theatre.play(read_all)
    for language, template, given, html in shown:
        assert unescape(html) == unescape(by_jinja(language, template, given)), template


def by_jinja(language: str, template: str, given: Mapping[str, object]) -> str:
    """Render with the other engine."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: source([templates.FOLDER], name)),
        undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    own = {
        "static": ADDRESS, "tint": templates.tint, "clock": templates.clock,
        "stamp": templates.stamp, "day": templates.day,
    }  # fmt: skip
    words = templates.engine().words[language]
    environment.globals.update({**known(words), **own})
    return environment.get_template(template).render(**given)


def test_the_phone_is_at_home_on_its_own_host(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        for path in ("/", "/phone", "/phone/people/2"):
            answer = await scene.http.get(path)
            assert answer.status_code == 307
            assert answer.headers["location"].startswith(f"{PHONE.removesuffix(':8001')}")
        answer = await get(scene, "/phone/people/2")
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "frame-src http://*.webview.localhost:*" in policy
        assert "frame-ancestors 'none'" in policy

    theatre.play(act)


def test_who_had_the_phone_last_gets_it_again(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        headers = {"cookie": "person=3"}
        answer = await scene.http.get(f"{PHONE}/phone", headers=headers)
        assert answer.headers["location"] == f"{PHONE}/phone/people/3"
        stranger = await scene.http.get(f"{PHONE}/phone", headers={"cookie": "person=99999"})
        assert stranger.headers["location"] == f"{PHONE}/phone/people/1"

    theatre.play(act)


@pytest.mark.parametrize(
    "path",
    [
        "/phone/people/999999", "/phone/people/x", "/phone/people/-1/chats",
        "/phone/people/1/chats/nothing", "/phone/people/1/chats/room-999999",
        "/phone/people/1/accounts/nothing", "/phone/people/1/sheets/nothing",
        "/phone/people/1/sheets/transfer?package=x", "/phone/panel/exchanges/999999999",
        "/phone/static/000000000000/main.js", f"{ADDRESS}/nothing.js", "/phone/panel/nothing",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(theatre: Theatre, path: str) -> None:
    async def act(scene: Scene) -> None:
        assert (await get(scene, path)).status_code == 404

    theatre.play(act)


def test_a_room_is_closed_to_who_is_not_in_it(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        room = await scene.control("POST", "/sandbox/rooms", {"person_ids": [1, 2]})
        path = f"chats/room-{room['room_id']}"
        assert (await get(scene, f"/phone/people/1/{path}")).status_code == 200
        assert (await get(scene, f"/phone/people/3/{path}")).status_code == 404

    theatre.play(act)


def test_what_is_read_is_unread_no_more(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        told = await scene.control("POST", "/sandbox/people", {"name": "丁"})
        person = told["person_id"]
        room = await scene.control("POST", "/sandbox/rooms", {"person_ids": [1, person]})
        body = {"person_id": 1, "kind": "text", "content": {"text": "在吗"}}
        await scene.control("POST", f"/sandbox/rooms/{room['room_id']}/messages", body)
        home = f"/phone/people/{person}"
        before = (await get(scene, f"{home}/news")).json()
        assert (before["unread"], before["latest"]["line"]) == (1, "在吗")
        await get(scene, f"{home}/chats/room-{room['room_id']}")
        after = (await get(scene, f"{home}/news")).json()
        assert (after["unread"], after["latest"]) == (0, None)
        assert after["talk"] == before["talk"]

    theatre.play(act)


def test_what_is_vendored_is_what_was_published() -> None:
    folder = Path(templates.FOLDER).parents[1] / "vendor"
    for file in json.loads((folder / "vendor.json").read_text("utf-8")):
        body = (folder / file["file"]).read_bytes()
        assert sha256(body).hexdigest() == file["sha256"], file["file"]
        assert (folder / file["licence_file"]).is_file()


def test_a_static_file_is_kept_for_ever(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        answer = await get(scene, f"{ADDRESS}/main.js")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("text/javascript")

    theatre.play(act)
