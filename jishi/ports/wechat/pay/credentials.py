"""Who a merchant is to WeChat Pay: its number, its key pair, its APIv3 key."""

from typing import Self

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from msgspec import Struct

from jishi.ports.wechat.sealing import CannotOpen, reveal
from jishi.ports.wechat.signing import Authorization, request_message, sign

APIV3_KEY_BYTES = 32


class BadCredentials(ValueError):
    """What was handed in cannot be a merchant's key."""


class Credentials(Struct, frozen=True, kw_only=True):
    """What a merchant signs and opens with; `serial` is its certificate's number, in hex."""

    mchid: str
    serial: str
    private_key: RSAPrivateKey
    apiv3_key: bytes

    @classmethod
    def read(cls, *, mchid: str, serial: str, private_pem: str, apiv3_key: str) -> Self:
        """Read them as the merchant platform gives them. Raises BadCredentials."""
        try:
            key = load_pem_private_key(private_pem.encode(), password=None)
        except (ValueError, TypeError) as error:
            raise BadCredentials("the private key is no PEM of an open key") from error
        if not isinstance(key, RSAPrivateKey):
            raise BadCredentials("the private key is not of RSA")
        if len(apiv3_key.encode()) != APIV3_KEY_BYTES:
            raise BadCredentials(f"the APIv3 key has not {APIV3_KEY_BYTES} bytes")
        return cls(mchid=mchid, serial=serial, private_key=key, apiv3_key=apiv3_key.encode())

    def __repr__(self) -> str:
        return f"Credentials(mchid={self.mchid!r}, serial={self.serial!r})"

    def authorization(
        self, method: str, target: str, body: bytes, *, timestamp: int, nonce: str
    ) -> str:
        """Sign a request; gives the Authorization header (Pay v3, "Signature generation")."""
        message = request_message(method, target, timestamp, nonce, body)
        return Authorization(
            mchid=self.mchid,
            nonce_str=nonce,
            timestamp=timestamp,
            serial_no=self.serial,
            signature=sign(self.private_key, message),
        ).header()

    def reveal(self, hidden: str) -> str | None:
        """Open a field that WeChat hid for this merchant; none when it does not open."""
        try:
            return reveal(self.private_key, hidden)
        except CannotOpen:
            return None
