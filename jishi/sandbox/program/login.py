"""Mini programs: who is it on the phone, the session key, and the phone number.

Sources: mini programs, "Login", "Getting a phone number", "Open data verification and decryption".
"""

import hmac
import secrets
from base64 import b64encode
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.ports.wechat.sealing import wrap_user_data
from jishi.ports.wechat.signing import raw_data_signature
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.cast import Person, openid_of, person_of
from jishi.sandbox.doors import official
from jishi.sandbox.official.meeting import Undone, meet
from jishi.sandbox.official.rights import mini
from jishi.sandbox.official.tokens import account_by_secret

LIFE, KEY_BYTES = timedelta(minutes=5), 16
LOGIN, PHONE = "login", "phone"
BAD_GRANT, BAD_OPENID, BAD_CODE, USED_CODE, NO_CODE, BAD_SIGNATURE = (
    40002, 40003, 40029, 40163, 41008, 87009,
)  # fmt: skip
COUNTRY = "86"


class Session(Struct, frozen=True):
    """Who it is, and the key of the session."""

    openid: str
    session_key: str
    unionid: str


class PhoneCode(Lenient, frozen=True):
    """What the phone's button gave."""

    code: str = ""


class Watermark(Struct, frozen=True):
    """Whose these data are, and of when."""

    timestamp: int
    appid: str


class PhoneInfo(
    Struct,
    frozen=True,
    rename={"number": "phoneNumber", "pure": "purePhoneNumber", "country": "countryCode"},
):
    """A phone number."""

    number: str
    pure: str
    country: str
    watermark: Watermark


class PhoneTold(Struct, frozen=True):
    """The number of whoever pressed the button."""

    errcode: int
    errmsg: str
    phone_info: PhoneInfo


class Profile(
    Struct,
    frozen=True,
    rename={
        "open_id": "openId", "name": "nickName", "face": "avatarUrl", "union_id": "unionId",
    },
):  # fmt: skip
    """What a mini program is told of a person: names and faces are the same for all since 2022."""

    open_id: str
    name: str
    gender: int
    language: str
    city: str
    province: str
    country: str
    face: str
    union_id: str
    watermark: Watermark


class UserData(
    Struct, frozen=True, rename={"raw_data": "rawData", "encrypted_data": "encryptedData"}
):
    """Data as the phone hands them to the program: plain and signed, and encrypted."""

    raw_data: str
    signature: str
    encrypted_data: str
    iv: str


class CodeGiven(Struct, frozen=True):
    """A code for a mini program."""

    code: str


class Code(Struct, frozen=True):
    """A code as it is kept."""

    appid: str
    person_id: int
    kind: str
    made_at: datetime
    used_at: datetime | None


class Key(Struct, frozen=True):
    """The key of a session."""

    session_key: str


sql = queries(__file__)
add_code = sql.run("add_code")
code_by_text = sql.one("code_by_text", Code)
use_code = sql.run("use_code")
put_session = sql.run("put_session")
session_of = sql.one("session_of", Key)
session_by_openid = sql.one("session_by_openid", Key)


async def give_code(tx: Tx, person_id: int, appid: str, kind: str) -> CodeGiven | Undone:
    """Give a program on a phone a code: to log in with, or for the phone number."""
    found = await meet(tx, person_id, appid)
    if isinstance(found, Undone):
        return found
    if found.account.kind != "mini" or kind not in {LOGIN, PHONE}:
        return Undone("no_account")
    code = secrets.token_urlsafe(24)
    await add_code(tx, code=code, appid=appid, person_id=person_id, kind=kind)
    return CodeGiven(code)


async def user_data(tx: Tx, person_id: int, appid: str) -> UserData | Undone:
    """Give a program on a phone the person's data, sealed with the session's key."""
    found = await meet(tx, person_id, appid)
    person = await person_of(tx, person_id)
    if isinstance(found, Undone) or person is None:
        return Undone("nobody")
    session = await session_of(tx, appid=appid, person_id=person_id)
    if session is None:
        return Undone("no_session")
    mark = Watermark(int(tx.now.timestamp()), appid)
    profile = Profile(found.openid, "微信用户", 0, "zh_CN", "", "", "", "", person.unionid, mark)
    sealed = msgspec.json.encode(profile).decode()
    raw = msgspec.json.encode({"nickName": profile.name, "gender": 0, "language": "zh_CN"}).decode()
    iv = b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return UserData(
        raw, raw_data_signature(raw, session.session_key),
        wrap_user_data(session.session_key, iv, sealed), iv,
    )  # fmt: skip


@official("GET", "/sns/jscode2session", needs_token=False)
async def log_in(call: OfficialCall) -> Session | Errcode:
    """Tell who it is, for a code, once."""
    asked = call.query
    account = await account_by_secret(call.tx, asked.get("appid", ""), asked.get("secret", ""))
    if isinstance(account, Errcode):
        return account
    if asked.get("grant_type") != "authorization_code":
        return Errcode(BAD_GRANT)
    if not asked.get("js_code"):
        return Errcode(NO_CODE)
    person = await _redeem(call, account.appid, asked["js_code"], LOGIN)
    if isinstance(person, Errcode):
        return person
    session_key = b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    await put_session(
        call.tx, appid=account.appid, person_id=person.person_id, session_key=session_key
    )
    openid = await openid_of(call.tx, account.appid, person.person_id)
    return Session(openid, session_key, person.unionid)


@mini("POST", "/wxa/business/getuserphonenumber")
async def tell_phone(call: OfficialCall, asked: PhoneCode) -> PhoneTold | Errcode:
    """Tell the phone number, for a code, once."""
    person = await _redeem(call, call.account.appid, asked.code, PHONE)
    if isinstance(person, Errcode):
        return person
    mark = Watermark(int(call.now.timestamp()), call.account.appid)
    return PhoneTold(0, "ok", PhoneInfo(person.phone, person.phone, COUNTRY, mark))


@mini("GET", "/wxa/checksession")
async def check_session(call: OfficialCall) -> Errcode | None:
    """Tell whether a session's key is the newest: it signs the empty text."""
    asked = call.query
    found = await session_by_openid(
        call.tx, appid=call.account.appid, openid=asked.get("openid", "")
    )
    if found is None:
        return Errcode(BAD_OPENID)
    signature = hmac.digest(found.session_key.encode(), b"", "sha256").hex()
    is_good = asked.get("sig_method") == "hmac_sha256" and asked.get("signature") == signature
    return None if is_good else Errcode(BAD_SIGNATURE)


async def _redeem(call: OfficialCall, appid: str, code: str, kind: str) -> Person | Errcode:
    found = await code_by_text(call.tx, code=code)
    if found is None or found.appid != appid or found.kind != kind:
        return Errcode(BAD_CODE)
    if found.used_at is not None:
        return Errcode(USED_CODE)
    if call.now - found.made_at >= LIFE:
        return Errcode(BAD_CODE)
    await use_code(call.tx, code=code)
    person = await person_of(call.tx, found.person_id)
    assert person is not None
    return person
