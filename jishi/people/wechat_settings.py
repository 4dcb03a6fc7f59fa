"""The settings of the account at WeChat: from a file that only its owner reads, or by themselves.

`account.toml` in the market's home (or the file that JISHI_ACCOUNT names) has `appid` and `secret`,
and `token` and `aes_key` where WeChat pushes what happens to us.
Beside a WeChat that runs here (JISHI_WECHAT names its address, `jishi up` sets it) its own service
account serves, whose secret opens nothing but itself.
"""

import os
import stat
from pathlib import Path

import httpx
import msgspec
from msgspec import toml

from jishi.people.wechat_account import AccountSettings
from jishi.ports.wechat.official import Hosts

ASK_SECONDS_MAX = 10


class AccountRefused(Exception):
    """The settings are there, and cannot be used; says which file and why, and no secret."""


class Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the file holds."""

    appid: str
    secret: str
    token: str = ""
    aes_key: str = ""


class _Account(msgspec.Struct):
    appid: str
    kind: str
    secret: str
    token: str
    aes_key: str
    is_push_safe: bool


class _Shown(msgspec.Struct):
    accounts: list[_Account]


async def read_account() -> AccountSettings | None:
    """Give the settings of this market; none while nobody set an account up."""
    if kept := from_file(file_of_account()):
        return AccountSettings(
            appid=kept.appid, secret=kept.secret, hosts=Hosts(), token=kept.token,
            aes_key=kept.aes_key,
        )  # fmt: skip
    if base := os.environ.get("JISHI_WECHAT"):
        return await from_sandbox(base)
    return None


def file_of_account() -> Path:
    """Give where the settings are kept."""
    home = os.environ.get("JISHI_HOME", "jishi-data")
    return Path(os.environ.get("JISHI_ACCOUNT") or Path(home, "account.toml"))


def from_file(file: Path) -> Kept | None:
    """Read the file, if it is there; one that others may read is refused: it holds a secret."""
    if not file.exists():
        return None
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise AccountRefused(f"{file} can be read by others: chmod 600 {file}")
    try:
        return toml.decode(file.read_bytes(), type=Kept)
    except (msgspec.DecodeError, ValueError) as error:
        # Its words would show what the file holds.
        raise AccountRefused(f"{file} does not hold the settings of an account") from error


async def from_sandbox(base: str) -> AccountSettings | None:
    """Ask the WeChat that runs here for its service account; none while it is not up."""
    try:
        async with httpx.AsyncClient(timeout=ASK_SECONDS_MAX) as client:
            answer = await client.get(f"{base}/sandbox/credentials")
        answer.raise_for_status()
    except httpx.HTTPError:
        return None
    shown = msgspec.json.decode(answer.content, type=_Shown)
    account = next(each for each in shown.accounts if each.kind == "service")
    hosts = Hosts(api=(base,), pages=base, consent=base)
    return AccountSettings(
        appid=account.appid, secret=account.secret, hosts=hosts, token=account.token,
        aes_key=account.aes_key if account.is_push_safe else "",
    )  # fmt: skip
