"""The cast, from outside: credentials, people, accounts and merchants, made and changed."""

import re

import msgspec
from msgspec import Struct

from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.cast import (
    Account,
    Merchant,
    NewPerson,
    Person,
    be_born,
    change_account,
    change_person,
    people,
    person_of,
    register_account,
    register_merchant,
    set_signing_mode,
)
from jishi.sandbox.doors import control
from jishi.sandbox.keys import CERTIFICATE, PUBLIC_KEY, PUBLIC_KEY_ID, rotate
from jishi.sandbox.reading import number

SIX_DIGITS = re.compile(r"[0-9]{6}")
MCHID = re.compile(r"[0-9]{8,10}")


class Credentials(Struct, frozen=True):
    """All that a developer needs to point a client here."""

    base_url: str
    accounts: list[Account]
    merchants: list[Merchant]
    public_key_id: str
    public_key_pem: str
    certificates: list[str]
    people: list[Person]


class PersonChange(Asked, frozen=True):
    """What shall be different about a person; `balance_fen` is what is in the purse."""

    is_snapshot: bool | None = None
    balance_fen: int | None = None
    pay_password: str | None = None


class NewAccount(Asked, frozen=True):
    """An account to register."""

    name: str
    kind: str = "service"
    push_url: str = ""


class AccountChange(Asked, frozen=True):
    """What a developer sets in the account's settings."""

    push_url: str | None = None
    is_push_safe: bool | None = None
    can_publish: bool | None = None
    web_domains: list[str] | None = None
    js_domains: list[str] | None = None


class NewMerchant(Asked, frozen=True):
    """A merchant to register."""

    mchid: str
    name: str
    signing_mode: str = PUBLIC_KEY


class Mode(Asked, frozen=True):
    """By which means WeChat signs for a merchant."""

    signing_mode: str


@control("GET", "/sandbox/credentials")
async def credentials(call: ControlCall) -> Credentials:
    """Show ids, secrets and keys: they open nothing but this sandbox."""
    keys = call.world.keys
    return Credentials(
        base_url=call.world.base_url,
        accounts=list(call.world.accounts.values()),
        merchants=list(call.world.merchants.values()),
        public_key_id=PUBLIC_KEY_ID,
        public_key_pem=keys.public_pem(),
        certificates=[key.certificate_pem for key in keys.certificates(call.now)],
        people=await people(call.tx),
    )


@control("POST", "/sandbox/certificates")
async def rotate_certificate(call: ControlCall) -> None:
    """Rotate the platform certificate: a new one signs, the old one stays valid."""
    await rotate(call.world.keys, call.tx)


@control("POST", "/sandbox/people")
async def new_person(call: ControlCall, asked: NewPerson) -> Person:
    """Make a person."""
    return await be_born(call.tx, asked)


@control("PUT", "/sandbox/people/{person_id}")
async def alter_person(call: ControlCall, asked: PersonChange) -> Person | Refusal:
    """Change a person's purse, password, or whether pages are opened as snapshots."""
    person_id = number(call.path["person_id"])
    person = None if person_id is None else await person_of(call.tx, person_id)
    if person is None:
        return Refusal(404, "NOT_FOUND", "nobody has this id")
    if asked.balance_fen is not None and asked.balance_fen < 0:
        return bad_parameter("/balance_fen", "at least 0")
    if asked.pay_password is not None and not SIX_DIGITS.fullmatch(asked.pay_password):
        return bad_parameter("/pay_password", "six digits")
    changed = msgspec.structs.replace(person, **_given(asked))
    await change_person(
        call.tx, person_id=person.person_id, is_snapshot=changed.is_snapshot,
        balance_fen=changed.balance_fen, pay_password=changed.pay_password,
    )  # fmt: skip
    return changed


@control("POST", "/sandbox/accounts")
async def new_account(call: ControlCall, asked: NewAccount) -> Account | Refusal:
    """Register an account."""
    if asked.kind not in {"service", "mini"}:
        return bad_parameter("/kind", "service or mini")
    account = await register_account(call.tx, asked.kind, asked.name, asked.push_url)
    call.world.accounts[account.appid] = account
    call.world.bindings |= {(account.appid, mchid) for mchid in call.world.merchants}
    return account


@control("PUT", "/sandbox/accounts/{appid}")
async def alter_account(call: ControlCall, asked: AccountChange) -> Account | Refusal:
    """Change an account's settings: where it is pushed to, and its domains."""
    account = call.world.accounts.get(call.path["appid"])
    if account is None:
        return Refusal(404, "NOT_FOUND", "no account has this appid")
    changed = msgspec.structs.replace(account, **_given(asked))
    await change_account(
        call.tx, appid=changed.appid, push_url=changed.push_url,
        is_push_safe=changed.is_push_safe, can_publish=changed.can_publish,
        web_domains=changed.web_domains, js_domains=changed.js_domains,
    )  # fmt: skip
    call.world.accounts[changed.appid] = changed
    return changed


@control("POST", "/sandbox/merchants")
async def new_merchant(call: ControlCall, asked: NewMerchant) -> Merchant | Refusal:
    """Register a merchant with keys of its own."""
    if asked.signing_mode not in {CERTIFICATE, PUBLIC_KEY}:
        return bad_parameter("/signing_mode", f"{CERTIFICATE} or {PUBLIC_KEY}")
    if not MCHID.fullmatch(asked.mchid):
        return bad_parameter("/mchid", "eight to ten digits")
    if asked.mchid in call.world.merchants:
        return bad_parameter("/mchid", "is registered")
    merchant = await register_merchant(call.tx, asked.mchid, asked.name, asked.signing_mode)
    call.world.merchants[merchant.mchid] = merchant
    call.world.bindings |= {(appid, merchant.mchid) for appid in call.world.accounts}
    return merchant


@control("PUT", "/sandbox/merchants/{mchid}")
async def alter_merchant(call: ControlCall, asked: Mode) -> Merchant | Refusal:
    """Choose by which means WeChat signs for a merchant."""
    merchant = call.world.merchants.get(call.path["mchid"])
    if merchant is None:
        return Refusal(404, "NOT_FOUND", "no merchant has this mchid")
    if asked.signing_mode not in {CERTIFICATE, PUBLIC_KEY}:
        return bad_parameter("/signing_mode", f"{CERTIFICATE} or {PUBLIC_KEY}")
    await set_signing_mode(call.tx, mchid=merchant.mchid, signing_mode=asked.signing_mode)
    changed = msgspec.structs.replace(merchant, signing_mode=asked.signing_mode)
    call.world.merchants[merchant.mchid] = changed
    return changed


def _given(asked: Struct) -> dict[str, object]:
    return {name: value for name in asked.__struct_fields__
            if (value := getattr(asked, name)) is not None}  # fmt: skip
