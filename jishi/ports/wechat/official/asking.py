"""One question to WeChat before it is a call: the token comes in at the last moment."""

from collections.abc import Mapping
from urllib.parse import urlencode

from msgspec import Struct

from jishi.ports.wechat.official.answers import is_passing
from jishi.ports.wechat.official.tokens import Token
from jishi.ports.wechat.transport import ANSWER_BYTES_MAX, Call, no_headers

JSON = "application/json"


class Asked(Struct, frozen=True, kw_only=True):
    """What to ask; `query` without the token, `is_repeatable` when twice is once."""

    method: str
    path: str
    query: Mapping[str, str | int]
    is_repeatable: bool
    body: bytes = b""
    media_type: str = JSON
    answer_bytes_max: int = ANSWER_BYTES_MAX

    @property
    def operation(self) -> str:
        """Name the call without its query."""
        return f"{self.method} {self.path}"

    def call(self, token: Token | None = None) -> Call:
        """Give the call, with the token first in its query."""
        query = {"access_token": token.value, **self.query} if token else self.query
        kind = {"Content-Type": self.media_type}
        return Call(
            method=self.method,
            target=f"{self.path}?{urlencode(query)}" if query else self.path,
            is_repeatable=self.is_repeatable,
            body=self.body,
            headers=(lambda _target: kind) if self.body else no_headers,
            is_passing=is_passing,
            answer_bytes_max=self.answer_bytes_max,
        )
