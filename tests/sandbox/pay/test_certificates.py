"""Certificates and the echo: what merchants verify WeChat with."""

import json

from cryptography import x509

from jishi.ports.wechat.sealing import hide, reveal, unseal
from jishi.sandbox.certificates import read_private
from tests.ports.wechat import openapi
from tests.sandbox.pay.shop import NOTIFY, Stage, play, refusal
from tests.sandbox.scene import Scene

PATH, ECHO = "/v3/certificates", "/v3/security/echo"
BAD = (400, "PARAM_ERROR", 268435461)


async def listed(scene: Scene, query: str = "") -> list[str]:
    """Give the serial numbers, having seen that each certificate bears its own."""
    merchant = scene.merchants[1]
    answer = scene.verified(await scene.signed("GET", PATH + query, merchant=merchant))
    assert list(openapi.faults_of_answer("GET", PATH, 200, answer.content)) == []
    serials = []
    for each in answer.json()["data"]:
        sealed = each["encrypt_certificate"]
        pem = unseal(
            merchant.apiv3_key.encode(), sealed["nonce"], sealed["associated_data"],
            sealed["ciphertext"],
        )  # fmt: skip
        number = x509.load_pem_x509_certificate(pem).serial_number
        assert f"{number:040X}" == each["serial_no"]
        serials.append(each["serial_no"])
    return serials


def test_during_a_rotation_several_certificates_hold_and_the_newest_signs(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        before = await listed(scene)
        await scene.control("POST", "/sandbox/certificates")
        after = await listed(scene)
        assert after[:-1] == before
        answer = await scene.signed("GET", PATH, merchant=scene.merchants[1])
        assert answer.headers["Wechatpay-Serial"] == after[-1]
        assert await listed(scene, "?algorithm_type=RSA") == after
        assert await listed(scene, "?algorithm_type=ALL") == after
        assert await listed(scene, "?algorithm_type=SM2") == []
        assert refusal(await scene.signed("GET", PATH + "?algorithm_type=DES")) == BAD

    play(pay_stage, scene)


def test_the_echo_says_it_again_and_hides_what_was_hidden(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        key = scene.world.keys.newest("public_key")
        text = hide(key.private_key.public_key(), "悄悄话")
        body = {"echo_message": "hello", "encrypted_echo_message": text, "notify_url": NOTIFY}
        answer = scene.verified(await scene.signed("POST", ECHO, body, serial=key.serial))
        assert list(openapi.faults_of_answer("POST", ECHO, 200, answer.content)) == []
        own = read_private(scene.merchant.private_pem)
        assert reveal(own, answer.json()["encrypted_echo_message"]) == "悄悄话"
        plain = await scene.signed("POST", ECHO, {"echo_message": "hello"})
        assert json.loads(plain.content) == {"echo_message": "hello"}
        for changed in (
            {"encrypted_echo_message": "bm90IGhpZGRlbg=="}, {"echo_message": ""},
            {"notify_url": NOTIFY + "?x"},
        ):  # fmt: skip
            answer = await scene.signed("POST", ECHO, body | changed, serial=key.serial)
            assert refusal(answer) == BAD

    play(pay_stage, scene)
