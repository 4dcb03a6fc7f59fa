"""Every published vector of WeChat's signatures and ciphers, both ways where there are two.

They were taken from Tencent's documents and from the tests of well-kept clients; each names its
source. What is broken on purpose stands beside what is right.
"""

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from jishi.ports.wechat import sealing, signing
from jishi.ports.wechat.failures import AnswerNotTrusted
from jishi.ports.wechat.pay import Credentials, Notice, NoticeReader, Rejection
from jishi.ports.wechat.pay.keys import open_certificates
from tests.ports.wechat.pay.platform import flipped
from tests.ports.wechat.reference import VECTORS

if not VECTORS.exists():
    pytest.skip("the published vectors are not beside the repository", allow_module_level=True)

ALL: list[dict[str, Any]] = json.loads(VECTORS.read_text("utf-8"))
NAMES = {each["name"] for each in ALL}


def vector(name: str) -> dict[str, Any]:
    """Give a vector by its name."""
    return next(each for each in ALL if each["name"] == name)


@cache
def private_key(pem: str) -> RSAPrivateKey:
    """Read a private key."""
    key = load_pem_private_key(pem.encode(), password=None)
    assert isinstance(key, RSAPrivateKey)
    return key


def public_key(certificate: str) -> RSAPublicKey:
    """Read the public key of a certificate."""
    key = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    assert isinstance(key, RSAPublicKey)
    return key


def test_no_vector_is_left_out() -> None:
    assert set(NAMES) == {
        "mp_server_signature", "jssdk_signature", "wxbizmsgcrypt_1", "wxbizmsgcrypt_2",
        "msg_aes_signature_decrypt", "msg_aes_encrypt_reply", "aes_echostr_verify",
        "miniprogram_encrypted_data", "miniprogram_rawdata_signature", "payv3_aead_java",
        "payv3_aead_go", "payv3_rsa_sign_go", "payv3_rsa_sign_java",
        "payv3_oaep_sensitive_field", "payv3_notification_end_to_end",
        "payv3_certificates_response", "payv3_authorization_layout", "payv2_refund_req_info",
    }  # fmt: skip
    assert len(ALL) == 19


def test_a_push_is_signed_by_token_time_and_nonce() -> None:
    told = vector("mp_server_signature")
    made = signing.push_signature(told["token"], told["timestamp"], told["nonce"])
    assert made == told["signature"]
    assert signing.push_signature("other", told["timestamp"], told["nonce"]) != made


def test_a_page_is_signed_by_its_ticket_and_address() -> None:
    told = vector("jssdk_signature")
    parts = told["jsapi_ticket"], told["noncestr"], told["timestamp"]
    assert signing.page_signature(*parts, told["url"]) == told["signature"]
    assert signing.page_signature(*parts, told["url"] + "#somewhere") == told["signature"]
    assert signing.page_signature(*parts, told["url"] + "&more=1") != told["signature"]


@pytest.mark.parametrize("name", ["wxbizmsgcrypt_1", "wxbizmsgcrypt_2"])
def test_a_push_is_wrapped_and_unwrapped(name: str) -> None:
    told = vector(name)
    key, appid = told["encoding_aes_key"], told["appid"]
    wrapped = sealing.wrap_push(key, appid, told["random16"].encode(), told["plaintext"])
    assert wrapped == told["ciphertext_b64"]
    assert sealing.unwrap_push(key, appid, wrapped) == told["plaintext"]
    with pytest.raises(sealing.CannotOpen):
        sealing.unwrap_push(key, "wx0000000000000000", wrapped)


def test_a_push_in_safe_mode_is_checked_and_opened() -> None:
    told = vector("msg_aes_signature_decrypt")
    wrapped, parts = told["encrypt"], (told["token"], told["timestamp"], told["nonce"])
    assert signing.push_signature(*parts, wrapped) == told["msg_signature"]
    opened = sealing.unwrap_push(told["encoding_aes_key"], told["receiver_id"], wrapped)
    assert opened == told["plaintext"]


def test_a_reply_in_safe_mode_is_wrapped_and_signed() -> None:
    told = vector("msg_aes_encrypt_reply")
    key, receiver = told["encoding_aes_key"], told["receiver_id"]
    wrapped = sealing.wrap_push(key, receiver, told["random16"].encode(), told["plaintext"])
    assert wrapped == told["encrypt"]
    assert sealing.unwrap_push(key, receiver, wrapped) == told["plaintext"]
    parts = told["token"], told["timestamp"], told["nonce"]
    assert signing.push_signature(*parts, wrapped) == told["msg_signature"]


def test_an_echo_in_safe_mode_is_checked_and_opened() -> None:
    told = vector("aes_echostr_verify")
    parts = told["token"], told["timestamp"], told["nonce"]
    assert signing.push_signature(*parts, told["echostr"]) == told["msg_signature"]
    opened = sealing.unwrap_push(told["encoding_aes_key"], told["receiver_id"], told["echostr"])
    assert opened == told["plaintext"]


def test_user_data_of_a_mini_program_is_opened_and_closed() -> None:
    told = vector("miniprogram_encrypted_data")
    key, iv, wrapped = told["session_key"], told["iv"], told["encrypted_data"]
    appid = told["plaintext"]["watermark"]["appid"]
    opened = sealing.unwrap_user_data(key, iv, appid, wrapped)
    assert json.loads(opened) == told["plaintext"]
    assert sealing.wrap_user_data(key, iv, opened.decode()) == wrapped
    with pytest.raises(sealing.CannotOpen):
        sealing.unwrap_user_data(key, iv, "wx0000000000000000", wrapped)


def test_raw_data_of_a_mini_program_is_signed_with_the_session() -> None:
    both = [each for each in ALL if each["name"] == "miniprogram_rawdata_signature"]
    assert len(both) == 2
    for told in both:
        made = signing.raw_data_signature(told["raw_data"], told["session_key"])
        assert made == told["signature"]


@pytest.mark.parametrize("name", ["payv3_aead_java", "payv3_aead_go"])
def test_what_is_sealed_with_the_apiv3_key_opens_with_it_alone(name: str) -> None:
    told = vector(name)
    key, nonce, associated = told["apiv3_key"].encode(), told["nonce"], told["associated_data"]
    plain = told["plaintext"].encode()
    assert sealing.unseal(key, nonce, associated, told["ciphertext"]) == plain
    assert sealing.seal(key, nonce, associated, plain) == told["ciphertext"]
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(bytes(len(key)), nonce, associated, told["ciphertext"])
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(key, nonce, associated + "!", told["ciphertext"])


@pytest.mark.parametrize("name", ["payv3_rsa_sign_go", "payv3_rsa_sign_java"])
def test_a_message_is_signed_and_its_signature_checked(name: str) -> None:
    told = vector(name)
    key, message = private_key(told["private_key_pem"]), told["message"].encode()
    assert signing.sign(key, message) == told["signature"]
    assert signing.is_signed(key.public_key(), message, told["signature"])
    assert not signing.is_signed(key.public_key(), message + b"!", told["signature"])
    assert not signing.is_signed(key.public_key(), message, flipped(told["signature"]))


def test_a_certificate_checks_what_its_key_signed() -> None:
    told = vector("payv3_rsa_sign_java")
    certificate = x509.load_pem_x509_certificate(told["certificate_pem"].encode())
    assert f"{certificate.serial_number:X}" == told["serial_no"]
    key = public_key(told["certificate_pem"])
    assert signing.is_signed(key, told["message"].encode(), told["signature"])


def test_a_sensitive_field_is_revealed_and_hidden() -> None:
    told = vector("payv3_oaep_sensitive_field")
    key = private_key(vector("payv3_rsa_sign_java")["private_key_pem"])
    assert sealing.reveal(key, told["ciphertext"]) == told["plaintext"]
    hidden = sealing.hide(key.public_key(), told["plaintext"])
    assert hidden != told["ciphertext"]  # the padding has luck in it
    assert sealing.reveal(key, hidden) == told["plaintext"]
    with pytest.raises(sealing.CannotOpen):
        sealing.reveal(private_key(vector("payv3_rsa_sign_go")["private_key_pem"]), hidden)


def test_the_authorization_is_laid_out_as_published() -> None:
    told = vector("payv3_authorization_layout")
    key = private_key(vector("payv3_rsa_sign_go")["private_key_pem"])
    mine = Credentials(
        mchid=told["mchid"], serial=told["serial_no"], private_key=key, apiv3_key=b""
    )
    body, stamp, nonce = told["body"].encode(), told["timestamp"], told["nonce_str"]
    asked = told["method"], told["canonical_url"]
    assert signing.request_message(*asked, stamp, nonce, body) == told["message"].encode()
    header = mine.authorization(*asked, body, timestamp=stamp, nonce=nonce)
    signature = signing.sign(key, told["message"].encode())
    assert header == told["header_template"].replace("<b64>", signature)
    read = signing.read_authorization(header)
    assert read == signing.Authorization(told["mchid"], nonce, stamp, told["serial_no"], signature)


def test_an_old_refund_notice_is_opened_and_closed() -> None:
    told = vector("payv2_refund_req_info")
    opened = sealing.unwrap_old_refund(told["api_key"], told["req_info"])
    assert opened == told["plaintext"]
    assert sealing.wrap_old_refund(told["api_key"], opened) == told["req_info"]
    with pytest.raises(sealing.CannotOpen):
        sealing.unwrap_old_refund("0" * 32, told["req_info"])


def test_the_list_of_certificates_opens() -> None:
    told = vector("payv3_certificates_response")
    [(serial, key)] = open_certificates(
        told["response"].encode(), told["apiv3_key"].encode()
    ).items()
    assert serial == json.loads(told["response"])["data"][0]["serial_no"] == key.serial
    assert key.key.public_numbers() == public_key(told["certificate_pem"]).public_numbers()
    assert key.starts_at is not None
    assert key.starts_at.isoformat() == "2023-09-19T23:15:58+08:00"


def test_a_certificate_that_is_not_the_listed_one_is_not_taken() -> None:
    told = vector("payv3_certificates_response")
    response = json.loads(told["response"])
    response["data"][0]["serial_no"] = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
    for body, key in [
        (told["response"], "0" * 32),
        (json.dumps(response), told["apiv3_key"]),
        (told["response"].replace("AEAD_AES_256_GCM", "AEAD_SM4_GCM"), told["apiv3_key"]),
        ('{"data": []}', told["apiv3_key"]),
    ]:
        with pytest.raises(AnswerNotTrusted):
            open_certificates(body.encode(), key.encode())


class KnownKey:
    """Knows the platform's key of the notification."""

    async def find(self, serial: str) -> RSAPublicKey | None:
        """Find the one key there is."""
        told = vector("payv3_notification_end_to_end")
        is_it = serial == told["headers"]["Wechatpay-Serial"]
        return public_key(told["platform_certificate_pem"]) if is_it else None


def read(
    *,
    headers: Mapping[str, str] | None = None,
    body: str | None = None,
    later: float = 0,
    apiv3_key: str | None = None,
) -> Notice | Rejection:
    """Read the published notification, or what a test made of it."""
    told = vector("payv3_notification_end_to_end")
    mine = Credentials(
        mchid="1234567890",
        serial="",
        private_key=private_key(vector("payv3_rsa_sign_go")["private_key_pem"]),
        apiv3_key=(apiv3_key or told["apiv3_key"]).encode(),
    )
    reader = NoticeReader(mine, KnownKey(), ("054aa7d7a2a54ab5898df65bd96f001c",))
    now = datetime.fromtimestamp(told["clock"] + later, UTC)
    return asyncio.run(
        reader.read(told["headers"] | (headers or {}), (body or told["body"]).encode(), now)
    )


def test_the_published_notification_is_read_from_end_to_end() -> None:
    told = vector("payv3_notification_end_to_end")
    notice = read()
    assert isinstance(notice, Notice)
    assert msgspec.json.decode(notice.plain) == json.loads(told["plaintext"])
    assert notice.notice_id == "3119dfba-e649-5eec-ab1e-3412bc4d2e17"
    assert notice.event_type == "PAYSCORE.USER_OPEN_SERVICE"
    assert notice.happening is None
    assert notice.created_at.isoformat() == "2021-06-24T16:37:26+08:00"


def test_the_published_notification_is_rejected_once_a_thing_is_wrong() -> None:
    told = vector("payv3_notification_end_to_end")
    signature = told["headers"]["Wechatpay-Signature"]
    changed = told["body"].replace("签约成功", "签约成切")
    probe = "WECHATPAY/SIGNTEST/" + b64encode(b64decode(signature)[:100]).decode()
    assert read(later=299) != read(later=300) == read(later=-300) == Rejection("stale", 401)
    assert read(body=changed) == Rejection("forged", 401)
    assert read(headers={"Wechatpay-Signature": flipped(signature)}) == Rejection("forged", 401)
    assert read(headers={"Wechatpay-Signature": probe}) == Rejection("probe", 401)
    assert read(headers={"Wechatpay-Serial": "0A"}) == Rejection("unknown_serial", 503)
    assert read(headers={"Wechatpay-Nonce": ""}) == Rejection("unsigned", 401)
    assert read(apiv3_key="testMchAPIv3Key1") == Rejection("not_openable", 400)
