"""Who is on stage: accounts, merchants and people, and the names they have for each other."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.certificates import make_pair, read_public

HOSTS = ["127.0.0.1", "localhost"]
OPENID_LETTERS = 27


class Account(Struct, frozen=True):
    """A service account, or a mini program. Domains are hosts without a port."""

    appid: str
    kind: str
    original_id: str
    secret: str
    name: str
    token: str
    aes_key: str
    push_url: str
    is_push_safe: bool
    can_publish: bool
    web_domains: list[str]
    js_domains: list[str]


class Merchant(Struct, frozen=True, cache_hash=True):
    """Who is paid."""

    mchid: str
    name: str
    apiv3_key: str
    serial: str
    certificate_pem: str
    private_pem: str
    signing_mode: str


class Person(Struct, frozen=True):
    """Who holds a phone. `balance_fen` is what is in the purse; places are in degrees."""

    person_id: int
    name: str
    avatar: str
    phone: str
    city: str
    latitude: str
    longitude: str
    unionid: str
    pay_password: str
    is_snapshot: bool
    balance_fen: int


class NewPerson(Struct, frozen=True, forbid_unknown_fields=True):
    """A person to be; the place is "latitude,longitude" in degrees."""

    name: str
    avatar: str = "🙂"
    phone: str = "13800000000"
    city: str = "深圳"
    place: str = "22.5431,114.0579"


class Openid(Struct, frozen=True):
    """A person's name in an account."""

    openid: str


class Binding(Struct, frozen=True):
    """A merchant that may be paid in an account."""

    appid: str
    mchid: str


sql = queries(__file__)
accounts = sql.many("accounts", Account)
account_by_appid = sql.one("account_by_appid", Account)
merchants = sql.many("merchants", Merchant)
merchant_by_mchid = sql.one("merchant_by_mchid", Merchant)
bindings = sql.many("bindings", Binding)
people = sql.many("people", Person)
person_by_id = sql.one("person_by_id", Person)
person_by_name = sql.one("person_by_name", Person)
openid_by_person = sql.one("openid_by_person", Openid)
add_account = sql.run("add_account")
change_account = sql.run("change_account")
add_merchant = sql.run("add_merchant")
set_signing_mode = sql.run("set_signing_mode")
bind = sql.run("bind")
add_person = sql.one("add_person", Person)
add_openids = sql.run("add_openids")
change_person = sql.run("change_person")


async def account_of(tx: Tx, appid: str) -> Account | None:
    """Find an account."""
    return await account_by_appid(tx, appid=appid)


async def merchant_of(tx: Tx, mchid: str) -> Merchant | None:
    """Find a merchant."""
    return await merchant_by_mchid(tx, mchid=mchid)


async def person_of(tx: Tx, person_id: int) -> Person | None:
    """Find a person."""
    return await person_by_id(tx, person_id=person_id)


async def person_by_openid(tx: Tx, appid: str, openid: str) -> Person | None:
    """Find the person whom an account knows by this name."""
    return await person_by_name(tx, appid=appid, openid=openid)


async def openid_of(tx: Tx, appid: str, person_id: int) -> str:
    """Give the name that an account knows a person by; the person and the account exist."""
    found = await openid_by_person(tx, appid=appid, person_id=person_id)
    assert found is not None, f"person {person_id} has no name in {appid}"
    return found.openid


async def register_account(tx: Tx, kind: str, name: str, push_url: str = "") -> Account:
    """Register a service account or a mini program; everybody gets a name in it."""
    account = Account(
        appid=f"wx{secrets.token_hex(8)}",
        kind=kind,
        original_id=f"gh_{secrets.token_hex(6)}",
        secret=secrets.token_hex(16),
        name=name,
        token=secrets.token_hex(8),
        aes_key=urlsafe_b64encode(secrets.token_bytes(32)).decode()[:43].translate(_LETTERS),
        push_url=push_url,
        is_push_safe=False,
        can_publish=True,
        web_domains=HOSTS,
        js_domains=HOSTS,
    )
    await add_account(tx, **_fields(account))
    await bind(tx)
    await _introduce(tx, await accounts(tx), await people(tx))
    return account


async def register_merchant(tx: Tx, mchid: str, name: str, signing_mode: str) -> Merchant:
    """Register a merchant with a key pair of its own, paid in every account."""
    pair = make_pair(f"{name} {mchid}", tx.now)
    merchant = Merchant(
        mchid, name, secrets.token_hex(16), pair.serial, pair.certificate_pem, pair.private_pem,
        signing_mode,
    )  # fmt: skip
    await add_merchant(tx, **_fields(merchant))
    await bind(tx)
    return merchant


async def be_born(tx: Tx, new: NewPerson) -> Person:
    """Make a person, with a name in every account."""
    latitude, _, longitude = new.place.partition(",")
    person = await add_person(
        tx, name=new.name, avatar=new.avatar, phone=new.phone, city=new.city, latitude=latitude,
        longitude=longitude, unionid=f"oU{secrets.token_urlsafe(20)}"[:28],
    )  # fmt: skip
    assert person is not None
    await _introduce(tx, await accounts(tx), [person])
    return person


def openid(appid: str, unionid: str) -> str:
    """Give the name of a person in an account: 28 letters, always the same."""
    digest = hmac.digest(appid.encode(), unionid.encode(), "sha256")
    return "o" + urlsafe_b64encode(digest).decode()[:OPENID_LETTERS]


async def _introduce(tx: Tx, known: Sequence[Account], whom: Sequence[Person]) -> None:
    pairs = [(account.appid, person) for account in known for person in whom]
    await add_openids(
        tx,
        appids=[appid for appid, _ in pairs],
        openids=[openid(appid, person.unionid) for appid, person in pairs],
        person_ids=[person.person_id for _, person in pairs],
    )


def _fields(record: Account | Merchant) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


@lru_cache(maxsize=256)
def public_key(certificate_pem: str) -> RSAPublicKey:
    """Give the key that a merchant's requests are checked with, from its certificate."""
    return read_public(certificate_pem)


_LETTERS = str.maketrans("-_", "ab")
