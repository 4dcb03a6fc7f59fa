"""The mini program: who it is, ways into its pages, and words that are safe."""

import hmac
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from jishi.ports.wechat.sealing import unwrap_user_data
from jishi.ports.wechat.signing import raw_data_signature
from jishi.sandbox.program.safety_words import RISKY
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage

PHONE, CHECK = "/wxa/business/getuserphonenumber", "/wxa/msg_sec_check"


async def code_of(stage: Stage, program: Account, person: int, kind: str = "login") -> str:
    asked = {"appid": program.appid, "person_id": person, "kind": kind}
    return str((await stage.do("program-code", **asked))["code"])


async def log_in(program: Account, code: str, change: Mapping[str, str] | None = None) -> Any:
    asked = {
        "appid": program.appid, "secret": program.secret, "js_code": code,
        "grant_type": "authorization_code", **(change or {}),
    }  # fmt: skip
    return (await program.scene.http.get("/sns/jscode2session", params=asked)).json()


def test_a_login_code_tells_who_it_is_once(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program, other, person = (
            await stage.account("mini"),
            await stage.account("mini"),
            await stage.person(),
        )
        code = await code_of(stage, program, person)
        assert (await log_in(other, code))["errcode"] == 40029
        assert (await log_in(program, code, {"secret": "x"}))["errcode"] == 40125
        assert (await log_in(program, code, {"grant_type": "x"}))["errcode"] == 40002
        told = await log_in(program, code)
        assert told["openid"] == await program.openid(person)
        assert len(told["session_key"]) == 24
        assert (await log_in(program, code))["errcode"] == 40163
        assert (await log_in(program, "none"))["errcode"] == 40029
        assert (await log_in(program, ""))["errcode"] == 41008
        late = await code_of(stage, program, person)
        await stage.advance(minutes=5)
        assert (await log_in(program, late))["errcode"] == 40029
        phone = await code_of(stage, program, person, "phone")
        assert (await log_in(program, phone))["errcode"] == 40029

    perform(play)


def test_user_data_open_with_the_session_key_alone(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program, person = await stage.account("mini"), await stage.person()
        who = {"appid": program.appid, "person_id": person}
        assert await stage.undone("program-data", **who) == "NO_SESSION"
        session = await log_in(program, await code_of(stage, program, person))
        key = session["session_key"]
        data = await stage.do("program-data", **who)
        assert data["signature"] == raw_data_signature(data["rawData"], key)
        opened = unwrap_user_data(key, data["iv"], program.appid, data["encryptedData"])
        profile = msgspec.json.decode(opened)
        assert (profile["openId"], profile["nickName"]) == (session["openid"], "微信用户")
        assert profile["watermark"]["appid"] == program.appid
        sign = hmac.digest(key.encode(), b"", "sha256").hex()
        asked = {"openid": session["openid"], "signature": sign, "sig_method": "hmac_sha256"}
        assert (await program.get("/wxa/checksession", **asked))["errcode"] == 0
        wrong = await program.get("/wxa/checksession", **{**asked, "signature": "0"})
        assert wrong["errcode"] == 87009
        nobody = await program.get("/wxa/checksession", **{**asked, "openid": "o"})
        assert nobody["errcode"] == 40003

    perform(play)


def test_a_phone_code_tells_the_number_once(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program, person = await stage.account("mini"), await stage.person()
        code = await code_of(stage, program, person, "phone")
        told = (await program.post(PHONE, {"code": code}))["phone_info"]
        assert told | {"watermark": None} == {
            "phoneNumber": "13800000009",
            "purePhoneNumber": "13800000009",
            "countryCode": "86",
            "watermark": None,
        }
        assert told["watermark"]["appid"] == program.appid
        assert await program.code(PHONE, {"code": code}) == 40163
        assert await program.code(PHONE, {"code": "none"}) == 40029
        service = await stage.account()
        assert await service.code(PHONE, {"code": code}) == 48001

    perform(play)


def test_a_code_leads_into_a_page(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program, person = await stage.account("mini"), await stage.person()
        drawn = await program.raw("/wxa/getwxacodeunlimit", {"scene": "id=7", "page": "pages/p"})
        assert drawn.headers["content-type"] == "image/png"
        assert drawn.content.startswith(b"\x89PNG")
        async with stage.world.transaction() as tx:
            link = await tx.connection.fetchval(
                "select link from sandbox.program_links where appid = $1", program.appid
            )
        scanned = await stage.do("scan", person_id=person, text=link)
        assert (scanned["kind"], scanned["appid"]) == ("program", program.appid)
        assert scanned["page"] == "pages/p?scene=id=7"
        assert (await program.raw("/wxa/getwxacode", {"path": "pages/p?a=1"})).content[:4] == (
            b"\x89PNG"
        )

    perform(play)


@pytest.mark.parametrize(
    ("path", "body", "number"),
    [
        ("/wxa/getwxacode", {}, 41030),
        ("/wxa/getwxacode", {"path": "/pages/p"}, 41030),
        ("/wxa/getwxacode", {"path": "pages/p", "width": 279}, 40097),
        ("/wxa/getwxacodeunlimit", {"scene": ""}, 40169),
        ("/wxa/getwxacodeunlimit", {"scene": "x" * 33}, 40169),
        ("/wxa/getwxacodeunlimit", {"scene": "汉字"}, 40169),
        ("/wxa/getwxacodeunlimit", {"scene": "a", "page": "/pages/p"}, 41030),
        ("/wxa/getwxacodeunlimit", {"scene": "a", "page": "pages/p?x=1"}, 41030),
        ("/wxa/generatescheme", {"expire_type": 1, "expire_interval": 31}, 40097),
        ("/wxa/generate_urllink", {"expire_type": 1, "expire_interval": 0}, 40097),
        ("/wxa/generate_urllink", {"expire_time": 1}, 40097),
        ("/wxa/generate_urllink", {"query": "x" * 1025}, 40097),
    ],
)
def test_a_way_in_is_refused_by_its_number(
    perform: Perform, path: str, body: dict[str, object], number: int
) -> None:
    async def play(stage: Stage) -> None:
        program = await stage.account("mini")
        assert await program.code(path, body) == number

    perform(play)


def test_schemes_and_links_lead_in_until_they_are_over(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program, person = await stage.account("mini"), await stage.person()
        jump = {"path": "/pages/order", "query": "id=1"}
        days = {"expire_type": 1, "expire_interval": 1}
        scheme = (await program.post("/wxa/generatescheme", {"jump_wxa": jump, **days}))["openlink"]
        link = (await program.post("/wxa/generate_urllink", {**jump, **days}))["url_link"]
        assert scheme.startswith("weixin://dl/business/?t=")
        assert link.startswith("https://wxaurl.cn/")
        for text in (scheme, link):
            scanned = await stage.do("scan", person_id=person, text=text)
            assert (scanned["kind"], scanned["page"]) == ("program", "pages/order?id=1")
        await stage.advance(days=1)
        scanned = await stage.do("scan", person_id=person, text=link)
        assert scanned["kind"] == "url"

    perform(play)


def test_words_are_checked_in_both_versions(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program, person = await stage.account("mini"), await stage.person()
        openid = await program.openid(person)
        assert await program.code(CHECK, {"content": "好茶"}) == 0
        assert await program.code(CHECK, {"content": RISKY[0]}) == 87014
        body = {"version": 2, "scene": 1, "openid": openid}
        for words, verdict in (
            ("好茶", {"suggest": "pass", "label": 100}),
            ("转发领茶叶", {"suggest": "review", "label": 20006}),
            (f"看{RISKY[0]}", {"suggest": "risky", "label": 20001}),
        ):
            told = await program.post(CHECK, {**body, "content": words})
            assert (told["errcode"], told["result"]) == (0, verdict)
        for change, number in (
            ({"content": ""}, 44004),
            ({"content": "x" * 2501}, 40097),
            ({"content": "x", "scene": 5}, 40097),
            ({"content": "x", "openid": "o"}, 40003),
        ):
            assert await program.code(CHECK, {**body, **change}) == number

    perform(play)
