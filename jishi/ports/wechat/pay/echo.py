"""A self-test: WeChat says again what we say, so that keys and signatures are proven both ways.

Source: WeChat Pay v3, "Merchant signature and encryption test". The field that is hidden for
WeChat comes back hidden for us.
"""

from msgspec import field

from jishi.ports.wechat.failures import AnswerNotTrusted
from jishi.ports.wechat.pay.channel import target
from jishi.ports.wechat.pay.merchant import Merchant
from jishi.ports.wechat.pay.wire import Asked, Told
from jishi.ports.wechat.sealing import hide


class _Said(Asked, frozen=True, kw_only=True):
    message: str = field(name="echo_message")
    hidden: str = field(name="encrypted_echo_message")
    notify_url: str | None = None


class _Heard(Told, frozen=True, kw_only=True):
    message: str = field(name="echo_message")
    hidden: str = field(default="", name="encrypted_echo_message")


class Echo(Told, frozen=True, kw_only=True):
    """What came back: in clear, and hidden on the way."""

    message: str
    hidden_message: str


async def echo(merchant: Merchant, message: str, notify_url: str | None = None) -> Echo:
    """Let WeChat repeat a message; with an address it also notifies it.

    Raises AnswerNotTrusted (`unreadable`) when what was hidden does not open.
    """
    path = target("/v3/security/echo")
    key = await merchant.key_for_hiding()
    said = _Said(message=message, hidden=hide(key.key, message), notify_url=notify_url)
    heard = await merchant.post(_Heard, path, said, is_repeatable=False, serial=key.serial)
    opened = merchant.credentials.reveal(heard.hidden)
    if opened is None:
        raise AnswerNotTrusted(f"POST {path}", "unreadable")
    return Echo(message=heard.message, hidden_message=opened)
