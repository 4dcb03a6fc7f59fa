"""Signed calls to WeChat Pay; what comes back is not yet trusted."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from msgspec import Struct

from jishi.ports.wechat.pay.credentials import Credentials
from jishi.ports.wechat.transport import ANSWER_BYTES_MAX, Answer, Call, Transport

JSON = "application/json"


class Asking(Struct, frozen=True, kw_only=True):
    """A request to sign; `serial` is the platform key that the answer is to be signed with."""

    method: str
    target: str
    body: bytes = b""
    is_repeatable: bool
    serial: str = ""
    answer_bytes_max: int = ANSWER_BYTES_MAX

    @property
    def operation(self) -> str:
        """Name it without its query."""
        return f"{self.method} {self.target.partition('?')[0]}"


class Channel:
    """A merchant's way to WeChat Pay: every try signed anew, over exactly the bytes sent."""

    def __init__(self, credentials: Credentials, transport: Transport) -> None:
        self.credentials, self.transport, self.means = credentials, transport, transport.means

    async def send(self, asking: Asking) -> Answer:
        """Send, and give the answer as it is. Raises what the transport raises."""

        def headers(target: str) -> Mapping[str, str]:
            return self._headers(asking, target)

        return await self.transport.send(
            Call(
                method=asking.method,
                target=asking.target,
                body=asking.body,
                is_repeatable=asking.is_repeatable,
                headers=headers,
                answer_bytes_max=asking.answer_bytes_max,
            )
        )

    def nonce(self) -> str:
        """Give 32 letters that nobody can guess."""
        return f"{self.means.luck.getrandbits(128):032X}"

    def _headers(self, asking: Asking, target: str) -> dict[str, str]:
        headers = {
            "Accept": JSON,
            "User-Agent": "jishi",
            "Authorization": self.credentials.authorization(
                asking.method,
                target,
                asking.body,
                timestamp=int(self.means.wall()),
                nonce=self.nonce(),
            ),
        }
        if asking.body:
            headers["Content-Type"] = JSON
        if asking.serial:
            headers["Wechatpay-Serial"] = asking.serial
        return headers


def target(template: str, *parts: str, **query: str | int | None) -> str:
    """Fill the holes `{}` of a path with numbers, and add a query; a none is left out.

    Raises ValueError when a number would lead to another path.
    """
    if any(part in {"", ".", ".."} for part in parts):
        raise ValueError(f"no number for {template}")
    path = template.format(*(quote(part, safe="") for part in parts))
    told = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(told, quote_via=quote)}" if told else path
