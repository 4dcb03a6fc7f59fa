"""The keys of WeChat: platform certificates that come and go, and public keys that stay.

Sources: WeChat Pay v3, "Get the list of platform certificates" (rotation: several are valid at
once, an unknown serial number means there is a new one), "WeChat Pay public key" (a client in
this mode names the key it wants in `Wechatpay-Serial`; both modes may be used side by side).
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated

import structlog
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from msgspec import Meta, Struct

from jishi.ports.wechat.failures import AnsweredWithError, AnswerNotTrusted, WechatFailure
from jishi.ports.wechat.pay.answering import error_in
from jishi.ports.wechat.pay.channel import Asking, Channel
from jishi.ports.wechat.pay.reading import Unreadable, read_strictly
from jishi.ports.wechat.pay.signatures import reason_against
from jishi.ports.wechat.pay.wire import Moment
from jishi.ports.wechat.sealing import ALGORITHM, CannotOpen, unseal

log = structlog.get_logger()

PUBLIC_KEY_PREFIX = "PUB_KEY_ID_"
ASKING = Asking(method="GET", target="/v3/certificates", is_repeatable=True)
CERTIFICATES_MAX = 16
DOWNLOADS_MAX, DOWNLOADS_SECONDS = 5, 60.0
"""In any minute: enough for keys that change in mid-flight, and no more for forged serials."""

REFRESH_SECONDS_MAX = 12 * 3600.0
"""WeChat advises to look twice a day; what is hidden, is hidden with the newest."""


class PlatformKey(Struct, frozen=True):
    """A key of WeChat's; a public key has no times."""

    serial: str
    key: RSAPublicKey
    starts_at: datetime | None = None
    expires_at: datetime | None = None


class _Sealed(Struct, frozen=True):
    algorithm: str
    nonce: str
    ciphertext: str
    associated_data: str = ""


class _Certificate(Struct, frozen=True):
    serial_no: str
    effective_time: Moment
    expire_time: Moment
    encrypt_certificate: _Sealed


class _Certificates(Struct, frozen=True):
    data: Annotated[list[_Certificate], Meta(min_length=1, max_length=CERTIFICATES_MAX)]


class Keys:
    """Finds keys: public keys were handed in, certificates are downloaded when they are needed."""

    def __init__(
        self, channel: Channel, *, public_keys: Mapping[str, str], has_certificates: bool
    ) -> None:
        """Take public keys as PEM by their ids; the last one is asked for and hidden with."""
        self.channel, self.has_certificates = channel, has_certificates
        self.public_keys = {
            key_id: PlatformKey(key_id, read_public_key(pem)) for key_id, pem in public_keys.items()
        }
        self.certificates: dict[str, PlatformKey] = {}
        self.refreshed_at = float("-inf")
        self.downloads: deque[float] = deque(maxlen=DOWNLOADS_MAX)
        self.turn = asyncio.Lock()

    @property
    def asked_serial(self) -> str:
        """Give the key that answers are to be signed with; empty leaves it to WeChat."""
        return next(reversed(self.public_keys), "")

    async def find(self, serial: str) -> RSAPublicKey | None:
        """Find a key; a certificate that is not known makes us look for new ones first."""
        if serial in self.public_keys:
            return self.public_keys[serial].key
        if self.has_certificates and not serial.startswith(PUBLIC_KEY_PREFIX):
            await self._refresh(lambda: self._valid(serial) is not None)
        found = self._valid(serial)
        return found.key if found else None

    async def for_hiding(self) -> PlatformKey:
        """Give the key that sensitive fields are hidden with: the newest that is in force.

        Raises AnswerNotTrusted when there is none.
        """
        if self.public_keys:
            return self.public_keys[self.asked_serial]
        await self._refresh(self._is_fresh)
        valid = [key for key in self.certificates.values() if self._valid(key.serial)]
        if not valid:
            raise AnswerNotTrusted(ASKING.operation, "unknown_serial")
        return max(valid, key=self._rank)

    async def _refresh(self, is_done: Callable[[], bool]) -> None:
        """Download the certificates: one for all who wait together, and not too often."""
        if is_done():
            return
        async with self.turn:
            now = self.channel.means.clock()
            if is_done() or self._is_spent(now):
                return
            self.downloads.append(now)
            try:
                self.certificates = await self._download()
                self.refreshed_at = now
            except WechatFailure as failure:
                log.warning("the platform certificates were not renewed", reason=str(failure))

    async def _download(self) -> dict[str, PlatformKey]:
        """Download; the answer must be signed with a certificate that is in it."""
        answer = await self.channel.send(ASKING)
        if error := error_in(answer, is_vouched=False):
            raise AnsweredWithError(ASKING.operation, error)
        found = open_certificates(answer.body, self.channel.credentials.apiv3_key)
        now = self.channel.means.wall()
        if reason := await reason_against(answer.headers, answer.body, _Among(found), now):
            raise AnswerNotTrusted(ASKING.operation, reason)
        return found

    def _is_spent(self, now: float) -> bool:
        """Tell whether there were enough downloads in the last minute."""
        is_full = len(self.downloads) == DOWNLOADS_MAX
        return is_full and now - self.downloads[0] < DOWNLOADS_SECONDS

    def _is_fresh(self) -> bool:
        return self.channel.means.clock() - self.refreshed_at < REFRESH_SECONDS_MAX

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.channel.means.wall(), UTC)

    def _valid(self, serial: str) -> PlatformKey | None:
        """Find a certificate that has not expired; one that signs before its time is taken."""
        found = self.certificates.get(serial)
        return found if found and found.expires_at and self._now() < found.expires_at else None

    def _rank(self, key: PlatformKey) -> tuple[bool, datetime]:
        starts_at = key.starts_at or datetime.min.replace(tzinfo=UTC)
        return starts_at <= self._now(), starts_at


class _Among:
    """Looks among these keys only."""

    def __init__(self, known: Mapping[str, PlatformKey]) -> None:
        self.known = known

    async def find(self, serial: str) -> RSAPublicKey | None:
        found = self.known.get(serial)
        return found.key if found else None


def open_certificates(body: bytes, apiv3_key: bytes) -> dict[str, PlatformKey]:
    """Open the list of certificates, each sealed with the APIv3 key.

    Raises AnswerNotTrusted when one does not open, or is not the one that it says.
    """
    try:
        listed = read_strictly(body, _Certificates).data
        return {each.serial_no: _opened(each, apiv3_key) for each in listed}
    except (Unreadable, CannotOpen) as error:
        raise AnswerNotTrusted(ASKING.operation, "unreadable") from error


def _opened(listed: _Certificate, apiv3_key: bytes) -> PlatformKey:
    sealed = listed.encrypt_certificate
    if sealed.algorithm != ALGORITHM:
        raise CannotOpen("the certificate is sealed in another way")
    pem = unseal(apiv3_key, sealed.nonce, sealed.associated_data, sealed.ciphertext)
    try:
        certificate = x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise CannotOpen("what was sealed is no certificate") from error
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise CannotOpen("the certificate is not of RSA")
    if certificate.serial_number != _number(listed.serial_no):
        raise CannotOpen("the certificate is another one")
    expires_at = min(listed.expire_time, certificate.not_valid_after_utc)
    return PlatformKey(listed.serial_no, key, listed.effective_time, expires_at)


def _number(serial: str) -> int:
    try:
        return int(serial, 16)
    except ValueError:
        return -1


def read_public_key(pem: str) -> RSAPublicKey:
    """Read a public key. Raises ValueError when it is none of RSA."""
    key = load_pem_public_key(pem.encode())
    if not isinstance(key, RSAPublicKey):
        raise ValueError("the public key is not of RSA")  # noqa: TRY004 - a value, from a file
    return key
