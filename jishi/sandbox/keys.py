"""The keys with which WeChat signs, and what opens the fields that are hidden for it."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.ports.wechat.sealing import CannotOpen, reveal
from jishi.sandbox.cast import Merchant
from jishi.sandbox.certificates import (
    YEARS,
    make_key,
    make_pair,
    private_pem,
    public_pem,
    read_private,
)

CERTIFICATE, PUBLIC_KEY = "certificate", "public_key"
PUBLIC_KEY_PREFIX = "PUB_KEY_ID_"
PUBLIC_KEY_ID = f"{PUBLIC_KEY_PREFIX}0119000001092026112200000000000001"


class KeyRow(Struct, frozen=True):
    """A platform key as it is kept."""

    serial: str
    kind: str
    private_pem: str
    certificate_pem: str
    effective_at: datetime
    expires_at: datetime


class PlatformKey(Struct, frozen=True):
    """A key that signs; a public key has no certificate (and its serial begins PUB_KEY_ID_)."""

    serial: str
    kind: str
    private_key: RSAPrivateKey
    certificate_pem: str
    effective_at: datetime
    expires_at: datetime


sql = queries(__file__)
all_keys = sql.many("all_keys", KeyRow)
add_key = sql.run("add_key")


class Keys:
    """All platform keys, the newest last."""

    def __init__(self) -> None:
        self.known: dict[str, PlatformKey] = {}

    async def load(self, tx: Tx) -> None:
        """Take up the keys that are kept."""
        self.known = {row.serial: _read(row) for row in await all_keys(tx)}

    def of(self, serial: str) -> PlatformKey | None:
        """Find a key by its serial number or its id."""
        return self.known.get(serial)

    def newest(self, kind: str) -> PlatformKey:
        """Give the key of this kind that signs now."""
        return [key for key in self.known.values() if key.kind == kind][-1]

    def public_pem(self) -> str:
        """Give the public key that clients in public-key mode verify with."""
        return public_pem(self.newest(PUBLIC_KEY).private_key)

    def certificates(self, moment: datetime) -> list[PlatformKey]:
        """Give the certificates that are valid."""
        found = [key for key in self.known.values() if key.kind == CERTIFICATE]
        return [key for key in found if key.effective_at <= moment < key.expires_at]

    def signing_for(self, merchant: Merchant | None, asked_serial: str = "") -> PlatformKey:
        """Give the key that signs for a merchant: of the kind asked for, else of its own mode."""
        if asked_serial in self.known:
            return self.newest(self.known[asked_serial].kind)
        return self.newest(merchant.signing_mode if merchant else CERTIFICATE)

    def reveal(self, serial: str, hidden: str) -> str | None:
        """Open a field that was hidden with the key of this serial; none when it does not open."""
        key = self.of(serial)
        if key is None:
            return None
        try:
            return reveal(key.private_key, hidden)
        except CannotOpen:
            return None


async def make_certificate(tx: Tx) -> None:
    """Make a platform certificate; the newest one signs, older ones stay valid.

    It holds from the real time on: clients judge it by their own clock, which nobody winds.
    """
    pair = make_pair("Jishi sandbox platform", datetime.now(UTC))
    await add_key(
        tx, serial=pair.serial, kind=CERTIFICATE, private_pem=pair.private_pem,
        certificate_pem=pair.certificate_pem, expires_at=tx.now + YEARS,
    )  # fmt: skip


async def make_public_key(tx: Tx) -> None:
    """Make the public key that new merchants verify with."""
    await add_key(
        tx, serial=PUBLIC_KEY_ID, kind=PUBLIC_KEY, private_pem=private_pem(make_key()),
        certificate_pem="", expires_at=tx.now + 20 * YEARS,
    )  # fmt: skip


async def rotate(keys: Keys, tx: Tx) -> None:
    """Make a new certificate and sign with it from now on."""
    await make_certificate(tx)
    await keys.load(tx)


def _read(row: KeyRow) -> PlatformKey:
    return PlatformKey(
        row.serial, row.kind, read_private(row.private_pem), row.certificate_pem,
        row.effective_at, row.expires_at,
    )  # fmt: skip
