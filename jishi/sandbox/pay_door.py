"""Pay's door: checks the signature of each request and signs each answer, as WeChat Pay v3 does.

Source: WeChat Pay v3, "Signature generation", "Signature verification", "HTTP status and errors".
"""

import secrets
from http import HTTPStatus

import msgspec
from msgspec import Struct, ValidationError

from jishi.kernel import Tx
from jishi.ports.wechat.signing import (
    SCHEME,
    answer_message,
    is_signed,
    read_authorization,
    request_message,
    sign,
)
from jishi.sandbox.answers import (
    EXTRA_PARAMETER,
    SIGN_FAILED,
    SYSTEM_FAILED,
    TOO_FREQUENT,
    Download,
    Refusal,
    bad_parameter,
    trouble,
)
from jishi.sandbox.calls import Incoming, PayCall, Reply, all_or_nothing
from jishi.sandbox.cast import Merchant, public_key
from jishi.sandbox.doors import Operation
from jishi.sandbox.reading import json
from jishi.sandbox.world import World

CLOCK_SECONDS_MAX = 300
"""A request older, or younger, than five minutes is not taken."""

SHOWN_MAX = 1_024
JSON = "application/json"
POINTER = str.maketrans({".": "/", "[": "/", "]": "", "`": "", "$": ""})
"""Makes a JSON pointer of a place as the decoder names it: `$.limit_pay[0]`."""

NUL = rb"\u0000"
"""What no database of text keeps, as JSON writes it."""


class _Signed(Struct, frozen=True):
    method: str
    url: str
    truncated_sign_message: str
    sign_message_length: int


class _SignDetail(Struct, frozen=True):
    field: str
    issue: str
    location: str
    sign_information: _Signed


class _SignTrouble(Struct, frozen=True):
    code: str
    message: str
    detail: _SignDetail


class Checked(Struct, frozen=True):
    """What a look at the signature gave: whose it is, or why it is nobody's."""

    merchant: Merchant | None = None
    refusal: Refusal | None = None
    message: bytes = b""


async def answer(world: World, operation: Operation, came: Incoming) -> Reply:
    """Answer one request of a merchant."""
    checked = check(world, came)
    path = operation.path
    if checked.merchant is None:
        assert checked.refusal is not None
        return _shut(world, came, checked, checked.refusal)
    if world.faults.hit("rate_limited", path):
        refusal = Refusal(429, "FREQUENCY_LIMITED", "频率超限，请稍后再试", TOO_FREQUENT)
        return _shut(world, came, checked, refusal)
    if world.faults.hit("system_error", path):
        refusal = Refusal(500, "SYSTEM_ERROR", "系统异常，请用相同参数重新调用", SYSTEM_FAILED)
        return _shut(world, came, checked, refusal)
    result = await _work(world, operation, came, checked.merchant)
    if world.faults.hit("dropped", path):
        return Reply(502, {}, b"", checked.message.decode(errors="replace"), "应答丢失(fault)")
    is_broken = world.faults.hit("bad_signature", path) is not None
    return _shut(world, came, checked, result, is_broken=is_broken)


def check(world: World, came: Incoming) -> Checked:
    """See who signed this request, and that nothing of it was changed."""
    if not came.headers.get("accept") or not came.headers.get("user-agent"):
        return Checked(refusal=bad_parameter("", "Http头缺少Accept或User-Agent", location="header"))
    header = came.headers.get("authorization", "")
    told = read_authorization(header)
    if told is None:
        words = "Http头缺少Authorization" if not header else f"Authorization不是{SCHEME}的格式"
        return Checked(refusal=_unsigned(words, "Authorization"))
    message = request_message(came.method, came.target, told.timestamp, told.nonce_str, came.body)
    merchant = world.merchants.get(told.mchid)
    if merchant is None:
        words, field = "Authorization中的mchid不存在", "mchid"
    elif abs(world.clock.wire() - told.timestamp) > CLOCK_SECONDS_MAX:
        words = "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"
        field = "timestamp"
    elif told.serial_no.upper() != merchant.serial:
        words, field = "商户证书序列号有误。请使用签名私钥匹配的证书序列号", "serial_no"
    elif not is_signed(public_key(merchant.certificate_pem), message, told.signature):
        words, field = "错误的签名，验签失败", "signature"
    elif (serial := came.headers.get("wechatpay-serial", "")) and not world.keys.of(serial):
        refusal = Refusal(
            400, "PARAM_ERROR", "请确认Wechatpay-Serial是否正确", field="Wechatpay-Serial",
            issue="unknown serial", location="header", value=serial,
        )  # fmt: skip
        return Checked(merchant=None, refusal=refusal, message=message)
    else:
        return Checked(merchant, message=message)
    return Checked(refusal=_unsigned(words, field), message=message)


def _unsigned(words: str, field: str) -> Refusal:
    return Refusal(
        401, "SIGN_ERROR", words, SIGN_FAILED, field=field, issue="sign not match",
        location="authorization",
    )  # fmt: skip


async def _work(world: World, operation: Operation, came: Incoming, merchant: Merchant) -> object:
    if any("\x00" in told for told in (*came.path.values(), *came.query.values())):
        return bad_parameter("", "参数含有不可用的字符U+0000", location="path")
    values: list[object] = []
    if body_type := operation.body_type():
        read = read_body(came.body, body_type)
        if isinstance(read, Refusal):
            return read
        values.append(read)

    async def work(tx: Tx) -> object:
        return await operation.work(PayCall(world, tx, came, merchant), *values)

    return await all_or_nothing(world, work)


def read_body(body: bytes, body_type: type) -> object | Refusal:
    """Read a body strictly; what is wrong is named by its JSON pointer."""
    if NUL in body:
        return bad_parameter("/", "参数含有不可用的字符U+0000")
    try:
        asked = json(body, body_type)
    except ValidationError as error:
        words, _, place = str(error).partition(" - at `")
        field = "/" + place.translate(POINTER).lstrip("/")
        if words.startswith("Object contains unknown field"):
            name = words.split("`")[1]
            return Refusal(
                400, "PARAM_ERROR", f"请求中含有未在API文档中定义的参数：{name}", EXTRA_PARAMETER,
                field=f"{field.rstrip('/')}/{name}", issue="unknown field",
            )  # fmt: skip
        if words.startswith("Object missing required field"):
            field = f"{field.rstrip('/')}/{words.split('`')[1]}"
        return bad_parameter(field, words)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Refusal(400, "PARAM_ERROR", "请求参数不是合法的JSON", issue=str(error), field="/")
    return asked


def _shut(
    world: World, came: Incoming, checked: Checked, result: object, *, is_broken: bool = False
) -> Reply:
    """Sign and send. `is_broken`: with a signature that is not good."""
    status, number, body, kind, why = 200, 0, b"", JSON, ""
    is_bare = False
    match result:
        case None:
            status = 204
        case Refusal():
            status, number, why = result.status, result.number, result.message
            body = msgspec.json.encode(_trouble(came, checked, result))
        case Download():
            body, kind, is_bare = result.content, result.media_type, not result.is_signed
        case _:
            body = msgspec.json.encode(result)
    headers = {"Request-ID": f"{secrets.token_hex(20).upper()}-{number}", "Server": "nginx"}
    if body:
        headers["Content-Type"] = kind
    if is_bare:
        return Reply(status, headers, body, _text(checked.message), why)
    key = world.keys.signing_for(checked.merchant, came.headers.get("wechatpay-serial", ""))
    timestamp, nonce = str(world.clock.wire()), secrets.token_hex(16)
    signature = sign(key.private_key, answer_message(timestamp, nonce, body))
    if is_broken:
        signature, why = signature[::-1], "应答签名被改坏(fault)"
    headers |= {
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": key.serial,
        "Wechatpay-Signature": signature,
        "Wechatpay-Signature-Type": SCHEME,
        "Wechatpay-Timestamp": timestamp,
    }
    return Reply(status, headers, body, _text(checked.message), why)


def _trouble(came: Incoming, checked: Checked, refusal: Refusal) -> Struct:
    if refusal.status != HTTPStatus.UNAUTHORIZED or refusal.code != "SIGN_ERROR":
        return trouble(refusal)
    shown = _text(checked.message)
    signed = _Signed(came.method, came.target, shown[:SHOWN_MAX], len(checked.message))
    detail = _SignDetail(refusal.field, refusal.issue, refusal.location, signed)
    return _SignTrouble(refusal.code, refusal.message, detail)


def _text(message: bytes) -> str:
    return message.decode(errors="replace")
