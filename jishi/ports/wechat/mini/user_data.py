"""What the mini program read of a person, encrypted by WeChat for us, and how we know it is so.

Source: mini programs, "Open data verification and decryption".
"""

from hmac import compare_digest
from typing import TypeVar

import msgspec
from msgspec import Struct, field

from jishi.ports.wechat.mini.sign_in import Session
from jishi.ports.wechat.sealing import CannotOpen, unwrap_user_data
from jishi.ports.wechat.signing import raw_data_signature

D = TypeVar("D", bound=Struct)


class Profile(Struct, frozen=True):
    """What a person shows of themselves; since 2022-11-08 a grey picture and "WeChat user"."""

    openid: str = field(default="", name="openId")
    unionid: str = field(default="", name="unionId")
    nickname: str = field(default="", name="nickName")
    picture_url: str = field(default="", name="avatarUrl")


def is_genuine(session: Session, raw_data: str, signature: str) -> bool:
    """Tell whether the raw data that the mini program handed over is WeChat's."""
    expected = raw_data_signature(raw_data, session.session_key)
    return compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def opened(session: Session, appid: str, iv: str, encrypted: str, kind: type[D]) -> D:
    """Decrypt what the mini program handed over: a Profile, a phone_numbers.PhoneNumber ...

    Raises CannotOpen where it is not this session's or this program's.
    """
    plain = unwrap_user_data(session.session_key, iv, appid, encrypted)
    try:
        return msgspec.json.decode(plain, type=kind)
    except msgspec.DecodeError as error:
        raise CannotOpen("the user data is not of this kind") from error
