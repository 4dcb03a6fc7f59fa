"""Who brings messages: from a file that only its owner reads, or the WeChat that runs here.

`messages.toml` in the market's home (or the file that JISHI_MESSAGES names) has `[sms]` with `url`
and `secret` of a hook, and `[mail]` with the names of `Mailbox`; either may be missing. Beside a
WeChat that runs here (JISHI_WECHAT names its address) its inbox takes both.
"""

import os
import stat
from pathlib import Path

import msgspec
from msgspec import toml

from jishi.people import wechat_settings
from jishi.people.post import Carriers
from jishi.ports.mail import Mailbox, Smtp
from jishi.ports.messages import Carrier
from jishi.ports.sms import Hook


class MessagesRefused(Exception):
    """The settings are there, and cannot be used; says which file and why, and no secret."""


class KeptHook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where text messages are handed over, and what the calls are signed with."""

    url: str
    secret: str


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds."""

    sms: KeptHook | None = None
    mail: Mailbox | None = None


async def read_carriers() -> Carriers:
    """Give who brings messages in this market; nobody while nobody set them up."""
    if kept := from_file(file_of_settings()):
        found: dict[str, Carrier] = {}
        if kept.sms:
            found["phone"] = Hook(kept.sms.url, kept.sms.secret)
        if kept.mail:
            found["email"] = Smtp(kept.mail)
        return found
    if base := os.environ.get("JISHI_WECHAT"):
        kinds = {"phone": "sms", "email": "mail"}
        return {
            kind: Hook(f"{base}/sandbox/messages/{name}", "nobody checks it")
            for kind, name in kinds.items()
        }
    return {}


def file_of_settings() -> Path:
    """Give where the settings are kept."""
    home = os.environ.get("JISHI_HOME", "jishi-data")
    return Path(os.environ.get("JISHI_MESSAGES") or Path(home, "messages.toml"))


def from_file(file: Path) -> Kept | None:
    """Read the file, if it is there; one that others may read is refused: it holds secrets."""
    if not file.exists():
        return None
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise MessagesRefused(f"{file} can be read by others: chmod 600 {file}")
    try:
        return toml.decode(file.read_bytes(), type=Kept)
    except (msgspec.DecodeError, ValueError) as error:
        # Its words would show what the file holds.
        raise MessagesRefused(f"{file} does not hold the settings of messages") from error


def check_settings() -> None:
    """Read the files of account and messages, so that what is wrong in them is said at the start.

    AccountRefused, MessagesRefused.
    """
    wechat_settings.from_file(wechat_settings.file_of_account())
    from_file(file_of_settings())
