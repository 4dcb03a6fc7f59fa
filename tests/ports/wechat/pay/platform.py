"""A WeChat Pay that answers what a test tells it to, signed as the real one signs."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple, TypeAlias

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID

from jishi.ports.wechat.pay import Credentials, Merchant, open_merchant
from jishi.ports.wechat.sealing import ALGORITHM, seal
from jishi.ports.wechat.signing import (
    SCHEME,
    answer_message,
    is_signed,
    read_authorization,
    request_message,
    sign,
)
from jishi.ports.wechat.transport import Means, Transport

MCHID, APPID, OPENID = "1900000109", "wx8888888888888888", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
APIV3_KEY = "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb"
NOW = 1_790_000_000
HOSTS = ("https://one.example", "https://two.example")
PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001092026112200000000000001"

Reply: TypeAlias = httpx.Response | Exception
Answering: TypeAlias = Callable[[httpx.Request], Reply]


class Pair(NamedTuple):
    """A key pair with its certificate."""

    key: RSAPrivateKey
    serial: str
    certificate: str

    @property
    def public_pem(self) -> str:
        """Give the public key as PEM."""
        kind = PublicFormat.SubjectPublicKeyInfo
        return self.key.public_key().public_bytes(Encoding.PEM, kind).decode()

    @property
    def private_pem(self) -> str:
        """Give the private key as PEM."""
        raw = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return raw.decode()


@cache
def pair(name: str, days: int = 1_000) -> Pair:
    """Make a pair once a run; its certificate is good for so many days from NOW."""
    key = generate_private_key(65_537, 2_048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.fromtimestamp(NOW, UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, SHA256())
    )
    pem = certificate.public_bytes(Encoding.PEM).decode()
    return Pair(key, f"{certificate.serial_number:X}", pem)


class Passing:
    """Time that passes when it is slept, and when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.naps: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.naps.append(seconds)
        self.seconds += seconds

    def means(self) -> Means:
        """Give what the client is handed: our time, and luck that repeats itself."""
        return Means(
            clock=lambda: self.seconds,
            wall=lambda: NOW + self.seconds,
            sleep=self.sleep,
            luck=Random(7),
        )


class Platform:
    """Answers in the order of `answers`; the last one for ever. Requests are kept."""

    def __init__(self) -> None:
        self.time = Passing()
        self.signing = pair("platform")
        self.listed = [self.signing]
        self.serial = self.signing.serial
        self.answers: list[Answering] = []
        self.listing: Answering = self.certificates
        self.requests: list[httpx.Request] = []
        self.downloads = 0

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer one request; certificates are always given."""
        if request.url.path == "/v3/certificates":
            self.downloads += 1
            answering = self.listing
        else:
            self.requests.append(request)
            answering = self.answers[min(len(self.requests), len(self.answers)) - 1]
        answer = answering(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def certificates(self, _request: httpx.Request) -> httpx.Response:
        """Give the list of certificates, signed with the one that signs."""
        return self.signed(json.dumps({"data": [listed(each) for each in self.listed]}).encode())

    def signed(
        self, body: bytes, status: int = 200, *, age: float = 0, **headers: str
    ) -> httpx.Response:
        """Sign an answer."""
        stamp = str(int(NOW + self.time.seconds - age))
        nonce = "5K8264ILTKCH16CQ2502SI8ZNMTM67VS"
        told = {
            "Request-ID": "08F78BB5AF0610D302189F99DD5C20BA56F89845-268435461",
            "Wechatpay-Timestamp": stamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": self.serial,
            "Wechatpay-Signature": sign(self.signing.key, answer_message(stamp, nonce, body)),
            "Wechatpay-Signature-Type": SCHEME,
        }
        return httpx.Response(status, headers=told | headers, content=body)

    def said(self, body: Any, status: int = 200) -> httpx.Response:
        """Say this, signed."""
        return self.signed(b"" if body is None else json.dumps(body).encode(), status)

    def says(self, body: Any, status: int = 200) -> Answering:
        """Give an answering that says this, signed when it is asked."""
        return lambda _request: self.said(body, status)


def listed(each: Pair) -> dict[str, Any]:
    """Give a certificate as the list has it, sealed."""
    certificate = x509.load_pem_x509_certificate(each.certificate.encode())
    return {
        "serial_no": each.serial,
        "effective_time": certificate.not_valid_before_utc.isoformat(),
        "expire_time": certificate.not_valid_after_utc.isoformat(),
        "encrypt_certificate": sealed(each.certificate.encode(), "certificate"),
    }


def sealed(plain: bytes, associated: str, key: str = APIV3_KEY) -> dict[str, str]:
    """Seal with the APIv3 key."""
    nonce = "61f9c719728a"
    return {
        "algorithm": ALGORITHM,
        "nonce": nonce,
        "associated_data": associated,
        "ciphertext": seal(key.encode(), nonce, associated, plain),
    }


@cache
def credentials() -> Credentials:
    """Give the merchant of these tests."""
    mine = pair("merchant")
    return Credentials.read(
        mchid=MCHID, serial=mine.serial, private_pem=mine.private_pem, apiv3_key=APIV3_KEY
    )


@asynccontextmanager
async def a_merchant(platform: Platform, *, is_public: bool = False) -> AsyncIterator[Merchant]:
    """Lend a merchant of this platform, in certificate mode or in public-key mode."""
    public_keys = {}
    if is_public:
        platform.serial = PUBLIC_KEY_ID
        public_keys = {PUBLIC_KEY_ID: platform.signing.public_pem}
    async with httpx.AsyncClient(transport=httpx.MockTransport(platform.handle)) as client:
        transport = Transport(HOSTS, client=client, means=platform.time.means())
        yield open_merchant(
            credentials(),
            transport,
            appids=[APPID],
            public_keys=public_keys,
            has_certificates=not is_public,
        )


def signature_faults(request: httpx.Request) -> list[str]:
    """Say what is wrong with how a request is signed."""
    told = read_authorization(request.headers.get("authorization", ""))
    if told is None:
        return ["no Authorization"]
    target = request.url.raw_path.decode()
    message = request_message(
        request.method, target, told.timestamp, told.nonce_str, request.content
    )
    mine = pair("merchant")
    wrong = {
        "mchid": told.mchid != MCHID,
        "serial": told.serial_no != mine.serial,
        "signature": not is_signed(mine.key.public_key(), message, told.signature),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def flipped(signature: str) -> str:
    """Change one bit of a signature."""
    raw = bytearray(base64.b64decode(signature))
    raw[0] ^= 1
    return base64.b64encode(bytes(raw)).decode()
