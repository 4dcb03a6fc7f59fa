"""The clients that we did not write, pointed at the sandbox by an attribute or a subclass alone.

wechatpayv3 2.0.4 and wechatpy 1.8.18 come without types. This is the one place that says so; what
is handed on is `Any`.
"""

import asyncio
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import wechatpayv3.async_.type  # type: ignore[import-untyped]  # it comes without types
import wechatpayv3.core  # type: ignore[import-untyped]  # it comes without types
import wechatpy.client  # type: ignore[import-untyped]  # it comes without types
import wechatpy.client.api  # type: ignore[import-untyped]  # it comes without types
import wechatpy.crypto  # type: ignore[import-untyped]  # it comes without types
import wechatpy.exceptions  # type: ignore[import-untyped]  # it comes without types
import wechatpy.oauth  # type: ignore[import-untyped]  # it comes without types
import wechatpy.parser  # type: ignore[import-untyped]  # it comes without types
import wechatpy.replies  # type: ignore[import-untyped]  # it comes without types
import wechatpy.utils  # type: ignore[import-untyped]  # it comes without types

Untyped: TypeAlias = Any
CERTIFICATE, PUBLIC_KEY = "certificate", "public_key"

pay_core: Untyped = wechatpayv3.core
pay_types: Untyped = wechatpayv3.WeChatPayType
async_pay_types: Untyped = wechatpayv3.async_.type.WeChatPayType
Oauth: Untyped = wechatpy.oauth.WeChatOAuth
ClientFailure: Untyped = wechatpy.exceptions.WeChatClientException
LimitFailure: Untyped = wechatpy.exceptions.APILimitedException
OauthFailure: Untyped = wechatpy.exceptions.WeChatOAuthException
BadSignature: Untyped = wechatpy.exceptions.InvalidSignatureException
BadAppid: Untyped = wechatpy.exceptions.InvalidAppIdException
PushCrypto: Untyped = wechatpy.crypto.WeChatCrypto
ProgramCrypto: Untyped = wechatpy.crypto.WeChatWxaCrypto
parse_message: Untyped = wechatpy.parser.parse_message
replies: Untyped = wechatpy.replies
check_signature: Untyped = wechatpy.utils.check_signature
check_program_signature: Untyped = wechatpy.utils.check_wxa_signature


class Kind(NamedTuple):
    """Which of wechatpayv3's two clients, and by which means it verifies."""

    is_async: bool
    mode: str

    def __str__(self) -> str:
        return f"{'async' if self.is_async else 'sync'}-{self.mode}"


KINDS = tuple(
    Kind(is_async, mode) for is_async in (False, True) for mode in (PUBLIC_KEY, CERTIFICATE)
)


class PayClient:
    """wechatpayv3, either client: what would have to be awaited is run."""

    def __init__(self, client: Untyped, runner: asyncio.Runner) -> None:
        self.client, self.runner = client, runner

    def __getattr__(self, name: str) -> Untyped:
        found = getattr(self.client, name)
        if not inspect.iscoroutinefunction(found):
            return found

        def run(*args: object, **named: object) -> Untyped:
            return self.runner.run(found(*args, **named))

        return run


def open_pay_client(
    kind: Kind, base: str, runner: asyncio.Runner, settings: dict[str, object]
) -> PayClient:
    """Make one of wechatpayv3's clients; its address is an attribute, in either."""
    if not kind.is_async:
        plain = wechatpayv3.WeChatPay(pay_types.JSAPI, **settings)
        plain._core._gate_way = base
        return PayClient(plain, runner)
    waiting = wechatpayv3.async_.AsyncWeChatPay(async_pay_types.JSAPI, **settings)
    waiting._core._gate_way = base
    opened = PayClient(waiting, runner)
    try:
        runner.run(waiting.__aenter__())
    except Exception:
        let_go(opened)  # it does not do so itself
        raise
    return opened


def let_go(client: PayClient) -> None:
    """Close a client's connections; the synchronous one keeps none."""
    if isinstance(client.client, wechatpayv3.async_.AsyncWeChatPay):
        client.runner.run(client.client.__aexit__(None, None, None))


def types_of(kind: Kind) -> Untyped:
    """Give the client's own names for the ways to pay: the two enumerations are not equal."""
    return async_pay_types if kind.is_async else pay_types


def keep_certificates(folder: Path, certificates: list[str]) -> None:
    """Lay certificates where the client looks for them, as it would have laid them itself."""
    for place, pem in enumerate(certificates):
        (folder / f"{place}.pem").write_text(pem)


def local_core(base: str) -> Untyped:
    """Give the synchronous core that knows its address before it fetches certificates."""

    class LocalCore(wechatpayv3.core.Core):  # type: ignore[misc]  # its base comes without types
        def _init_certificates(self) -> None:
            self._gate_way = base
            super()._init_certificates()

    return LocalCore


def account_client(base: str, appid: str, secret: str, **more: object) -> Untyped:
    """Make wechatpy's client by a subclass; two of its APIs name an address of their own."""

    class Figures(wechatpy.client.api.WeChatDataCube):  # type: ignore[misc]  # without types
        API_BASE_URL = f"{base}/datacube/"

    class Program(wechatpy.client.api.WeChatWxa):  # type: ignore[misc]  # without types
        API_BASE_URL = f"{base}/"

    class Client(wechatpy.client.WeChatClient):  # type: ignore[misc]  # without types
        API_BASE_URL = f"{base}/cgi-bin/"
        datacube, wxa = Figures(), Program()

        def fetch_access_token(self) -> Untyped:
            asked = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
            return self._fetch_access_token(url=f"{base}/cgi-bin/token", params=asked)

    return Client(appid, secret, timeout=20, **more)


def oauth_client(base: str, appid: str, secret: str, redirect_uri: str, **more: object) -> Untyped:
    """Make wechatpy's OAuth client."""

    class Local(wechatpy.oauth.WeChatOAuth):  # type: ignore[misc]  # without types
        API_BASE_URL, OAUTH_BASE_URL = f"{base}/", f"{base}/connect/"

    return Local(appid, secret, redirect_uri, **more)


def refusal_of(call: Callable[[], object], failure: type[Exception] = ClientFailure) -> int:
    """Call what is refused; give WeChat's number of the reason."""
    try:
        answer = call()
    except failure as refused:
        number: Untyped = getattr(refused, "errcode", None)
        return int(number)
    raise AssertionError(f"it was not refused: {answer}")
