"""The settings of payment: from a file that only its owner reads; in development, by themselves.

`pay.toml` in the market's home (or the file that JISHI_PAY names) has the names of `PaySettings`.
Beside a WeChat that runs here (JISHI_WECHAT names its address, `jishi up` sets it) its own
credentials serve, which open nothing but itself.
"""

import os
import stat
from pathlib import Path

import httpx
import msgspec
from msgspec import toml

from jishi.money.asking import PaySettings
from jishi.ports.wechat.pay import HOSTS

NOTICES_PATH = "/wechat/pay/notices"
ASK_SECONDS_MAX = 10


class SettingsRefused(Exception):
    """The settings are there, and cannot be used; says which file and why, and no secret."""


class Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the file holds; `origin` is the market's address as WeChat reaches it.

    Only where all shops are one owner's may he say `one_owner = true`: the merchant named here is
    then paid for every shop that has none of its own.
    """

    appid: str
    mchid: str
    serial: str
    private_pem: str
    apiv3_key: str
    public_key_id: str
    public_key_pem: str
    origin: str
    base_urls: list[str] = []
    one_owner: bool = False


class _Account(msgspec.Struct):
    appid: str
    kind: str


class _Merchant(msgspec.Struct):
    mchid: str
    serial: str
    private_pem: str
    apiv3_key: str


class _Shown(msgspec.Struct):
    accounts: list[_Account]
    merchants: list[_Merchant]
    public_key_id: str
    public_key_pem: str


async def read_settings() -> PaySettings | None:
    """Give the settings of this market; none while nobody set paying up."""
    if kept := from_file(file_of_settings()):
        return kept
    if base := os.environ.get("JISHI_WECHAT"):
        return await from_sandbox(base, os.environ.get("JISHI_ORIGIN", "http://127.0.0.1:8000"))
    return None


def file_of_settings() -> Path:
    """Give where the settings are kept."""
    home = os.environ.get("JISHI_HOME", "jishi-data")
    return Path(os.environ.get("JISHI_PAY") or Path(home, "pay.toml"))


def from_file(file: Path) -> PaySettings | None:
    """Read the file, if it is there; one that others may read is refused: it holds keys."""
    if not file.exists():
        return None
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise SettingsRefused(f"{file} can be read by others: chmod 600 {file}")
    try:
        kept = toml.decode(file.read_bytes(), type=Kept)
    except (msgspec.DecodeError, ValueError) as error:
        # Its words would show what the file holds.
        raise SettingsRefused(f"{file} does not hold the settings of payment") from error
    return PaySettings(
        base_urls=tuple(kept.base_urls) or HOSTS,
        appid=kept.appid,
        mchid=kept.mchid,
        serial=kept.serial,
        private_pem=kept.private_pem,
        apiv3_key=kept.apiv3_key,
        public_key_id=kept.public_key_id,
        public_key_pem=kept.public_key_pem,
        notify_url=kept.origin.rstrip("/") + NOTICES_PATH,
        one_owner=kept.one_owner,
    )


async def from_sandbox(base: str, origin: str) -> PaySettings | None:
    """Ask the WeChat that runs here who is on stage; none while it is not up."""
    try:
        async with httpx.AsyncClient(timeout=ASK_SECONDS_MAX) as client:
            answer = await client.get(f"{base}/sandbox/credentials")
        answer.raise_for_status()
    except httpx.HTTPError:
        return None
    shown = msgspec.json.decode(answer.content, type=_Shown)
    account = next(each for each in shown.accounts if each.kind == "service")
    merchant = shown.merchants[0]
    return PaySettings(
        base_urls=(base,),
        appid=account.appid,
        mchid=merchant.mchid,
        serial=merchant.serial,
        private_pem=merchant.private_pem,
        apiv3_key=merchant.apiv3_key,
        public_key_id=shown.public_key_id,
        public_key_pem=shown.public_key_pem,
        notify_url=origin.rstrip("/") + NOTICES_PATH,
    )
