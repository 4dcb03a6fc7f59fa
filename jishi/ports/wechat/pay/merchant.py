"""A merchant's side of WeChat Pay: what it asks is signed, what it is answered is checked.

The operations stand in the files beside this one, a function each, with the merchant as their
first argument. They raise what `jishi.ports.wechat.failures` lists.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from jishi.ports.wechat.failures import AnsweredWithError, AnswerNotTrusted
from jishi.ports.wechat.pay.answering import error_in, record_in
from jishi.ports.wechat.pay.channel import Asking, Channel
from jishi.ports.wechat.pay.credentials import Credentials
from jishi.ports.wechat.pay.keys import Keys, PlatformKey
from jishi.ports.wechat.pay.signatures import reason_against
from jishi.ports.wechat.transport import Answer, Transport

HOSTS = ("https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com")
"""The nearest entrance, and the far one for when it is shut."""

T = TypeVar("T")


class Merchant:
    """Asks WeChat Pay in the name of a merchant."""

    def __init__(self, channel: Channel, keys: Keys, appids: Sequence[str]) -> None:
        """Take the accounts and programs that are bound to the merchant as `appids`."""
        self.channel, self.keys, self.appids = channel, keys, tuple(appids)
        self.credentials = channel.credentials

    @property
    def mchid(self) -> str:
        """Give the merchant's number."""
        return self.credentials.mchid

    async def get(self, kind: type[T], target: str) -> T:
        """Look something up; it changes nothing, so it may be tried again."""
        asking = Asking(
            method="GET", target=target, is_repeatable=True, serial=self.keys.asked_serial
        )
        return record_in(await self._answer(asking), kind, asking.operation)

    async def post(
        self,
        kind: type[T],
        target: str,
        body: Struct | None,
        *,
        is_repeatable: bool,
        serial: str = "",
    ) -> T:
        """Ask for something. `is_repeatable`: a number of our own makes asking twice asking once.

        `serial` is the key that fields of the body are hidden with.
        """
        asking = self._asking("POST", target, body, is_repeatable=is_repeatable, serial=serial)
        return record_in(await self._answer(asking), kind, asking.operation)

    async def tell(
        self, target: str, body: Struct | None, *, is_repeatable: bool, method: str = "POST"
    ) -> None:
        """Ask for something that has no answer but that it was done."""
        await self._answer(self._asking(method, target, body, is_repeatable=is_repeatable))

    async def put(self, kind: type[T], target: str, body: Struct) -> T:
        """Replace something."""
        asking = self._asking("PUT", target, body, is_repeatable=False)
        return record_in(await self._answer(asking), kind, asking.operation)

    async def download(self, target: str, *, bytes_max: int) -> bytes:
        """Fetch a file. Its answer is not signed: check it by its hash."""
        asking = Asking(
            method="GET", target=target, is_repeatable=True, answer_bytes_max=bytes_max,
            serial=self.keys.asked_serial,
        )  # fmt: skip
        answer = await self.channel.send(asking)
        if error := error_in(answer, is_vouched=False):
            raise AnsweredWithError(asking.operation, error)
        return answer.body

    async def key_for_hiding(self) -> PlatformKey:
        """Give the key that sensitive fields are hidden with."""
        return await self.keys.for_hiding()

    def _asking(
        self,
        method: str,
        target: str,
        body: Struct | None,
        *,
        is_repeatable: bool,
        serial: str = "",
    ) -> Asking:
        return Asking(
            method=method,
            target=target,
            body=b"" if body is None else msgspec.json.encode(body),
            is_repeatable=is_repeatable,
            serial=serial or self.keys.asked_serial,
        )

    async def _answer(self, asking: Asking) -> Answer:
        """Send, check who signed the answer, and give it when it is no error.

        A breakdown on the way (a gateway's page) is signed by nobody: it is an error that nobody
        vouches for, so nothing is certain after it.
        """
        answer = await self.channel.send(asking)
        now = self.channel.means.wall()
        reason = await reason_against(answer.headers, answer.body, self.keys, now)
        error = error_in(answer, is_vouched=reason is None)
        if reason and not (error and reason == "unsigned"):
            raise AnswerNotTrusted(asking.operation, reason)
        if error:
            raise AnsweredWithError(asking.operation, error)
        return answer


def open_merchant(
    credentials: Credentials,
    transport: Transport,
    *,
    appids: Sequence[str],
    public_keys: Mapping[str, str],
    has_certificates: bool,
) -> Merchant:
    """Give a merchant that can ask; the transport is a `Transport(HOSTS)`, closed by its owner.

    `public_keys` are PEMs by their ids (`PUB_KEY_ID_...`); with `has_certificates` platform
    certificates are downloaded too.
    """
    channel = Channel(credentials, transport)
    keys = Keys(channel, public_keys=public_keys, has_certificates=has_certificates)
    return Merchant(channel, keys, appids)
