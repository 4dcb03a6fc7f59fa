"""Pay's door: whose request this is, and every way in which it is nobody's."""

import asyncio
import json
import time

import httpx
import pytest

from jishi.ports.wechat.signing import Authorization, request_message, sign
from jishi.sandbox.certificates import make_key, read_private
from tests.sandbox.scene import HEADERS, Scene, a_sandbox, is_from_wechat

PATH = "/v3/certificates"


def authorization(
    scene: Scene, *, at: float = 0, signs: bytes = b"", target: str = PATH, **parts: str
) -> str:
    """Give a header that is right but for what is changed."""
    now = int(time.time() + at)
    told = {"mchid": scene.merchant.mchid, "nonce_str": "n" * 32}
    told |= {"serial_no": scene.merchant.serial}
    told |= parts
    key = read_private(scene.merchant.private_pem)
    signature = sign(key, request_message("GET", target, now, told["nonce_str"], signs))
    return Authorization(timestamp=now, signature=signature, **told).header()


async def asked(scene: Scene, header: str, **more: str) -> httpx.Response:
    return await scene.http.get(PATH, headers={**HEADERS, "Authorization": header, **more})


async def every_trouble(scene: Scene) -> list[tuple[str, httpx.Response]]:
    other = make_key()
    now = int(time.time())
    forged = Authorization(
        scene.merchant.mchid, "n", now, scene.merchant.serial,
        sign(other, request_message("GET", PATH, now, "n", b"")),
    ).header()  # fmt: skip
    good = authorization(scene)
    bare = await scene.http.get(
        PATH, headers={"Authorization": good, "Accept": "", "User-Agent": ""}
    )
    return [
        ("Http头缺少Accept或User-Agent", bare),
        ("Http头缺少Authorization", await scene.http.get(PATH, headers=HEADERS)),
        ("Authorization不是", await asked(scene, "Bearer x")),
        ("mchid不存在", await asked(scene, authorization(scene, mchid="1999999999"))),
        ("不得超过5分钟", await asked(scene, authorization(scene, at=-301))),
        ("不得超过5分钟", await asked(scene, authorization(scene, at=302))),
        ("证书序列号有误", await asked(scene, authorization(scene, serial_no="0" * 40))),
        ("验签失败", await asked(scene, forged)),
        ("验签失败", await asked(scene, authorization(scene, signs=b" "))),
        ("验签失败", await asked(scene, authorization(scene, target=PATH + "?x=1"))),
        ("Wechatpay-Serial", await asked(scene, good, **{"Wechatpay-Serial": "ABC"})),
    ]


def test_a_request_that_nobody_signed_is_told_why(fresh_database: tuple[str, str]) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            for words, answer in await every_trouble(scene):
                told = answer.json()
                assert answer.status_code in {400, 401}, words
                assert words in told["message"], told
                assert told["code"] in {"SIGN_ERROR", "PARAM_ERROR"}
                assert is_from_wechat(scene.world, answer.headers, answer.content)
            wrong = await asked(scene, authorization(scene, signs=b" "))
            shown = wrong.json()["detail"]["sign_information"]
            assert shown["truncated_sign_message"].startswith(f"GET\n{PATH}\n")
            assert wrong.headers["Request-ID"].endswith("-268443699")
            kept = await scene.control("GET", "/sandbox/exchanges?trouble=1")
            assert len(kept["exchanges"]) == 12
            whole = kept["exchanges"][0]["exchange_id"]
            seen = await scene.control("GET", f"/sandbox/exchanges/{whole}")
            assert seen["trouble"] == "错误的签名，验签失败"
            assert seen["signed_message"].startswith(f"GET\n{PATH}\n")

    asyncio.run(main())


def test_another_sites_page_drives_nothing(fresh_database: tuple[str, str]) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            body = json.dumps({"advance_seconds": 1}).encode()
            for headers in (
                {"Origin": "http://evil.example"},
                {"Sec-Fetch-Site": "cross-site"},
                {"Sec-Fetch-Site": "same-site"},
            ):
                answer = await scene.http.post("/sandbox/clock", content=body, headers=headers)
                assert answer.status_code == 403
            bent = await scene.http.get("/sandbox/credentials", headers={"Host": "evil.example"})
            assert bent.status_code == 421
            assert bent.content == b""
            own = {"Origin": "http://127.0.0.1:8001", "Sec-Fetch-Site": "same-origin"}
            good = await scene.http.post("/sandbox/clock", content=body, headers=own)
            assert good.status_code == 200

    asyncio.run(main())


@pytest.mark.parametrize(
    ("kind", "status"), [("rate_limited", 429), ("system_error", 500), ("dropped", 502)]
)
def test_an_armed_fault_strikes_once_and_is_gone(
    fresh_database: tuple[str, str], kind: str, status: int
) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            await scene.arm(kind, operation=PATH)
            answers = [(await scene.signed("GET", PATH)).status_code for _ in range(2)]
            assert answers == [status, 200]
            assert await scene.control("GET", "/sandbox/faults") == {"faults": []}

    asyncio.run(main())


def test_a_fault_at_a_rate_strikes_about_so_often_until_it_is_taken_off(
    fresh_database: tuple[str, str],
) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0], seed=7) as scene:
            await scene.arm("rate_limited", times=None, percent=30)
            struck = [(await scene.signed("GET", PATH)).status_code == 429 for _ in range(100)]
            assert 15 <= sum(struck) <= 45
            await scene.control("DELETE", "/sandbox/faults")
            assert (await scene.signed("GET", PATH)).status_code == 200

    asyncio.run(main())


def test_a_broken_signature_is_broken(fresh_database: tuple[str, str]) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            await scene.arm("bad_signature", operation=PATH)
            broken, whole = [await scene.signed("GET", PATH) for _ in range(2)]
            assert not is_from_wechat(scene.world, broken.headers, broken.content)
            assert is_from_wechat(scene.world, whole.headers, whole.content)

    asyncio.run(main())
