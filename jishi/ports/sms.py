"""Text messages: each provider has an interface of its own, so a signed call to a hook takes them.

The hook is a small program of the merchant's (a cloud function before Tencent Cloud SMS, Alibaba
Cloud SMS, ...). It is sent, by POST, JSON with `to` (E.164), `subject` and `words`. It is signed as
Standard Webhooks has it (standardwebhooks.com): `webhook-id`, the number of the message, by which
it is brought once; `webhook-timestamp`; `webhook-signature`, "v1," and the HMAC-SHA256 of
`id.timestamp.body` in base64. It answers 2xx when it took it.
"""

import asyncio
import hmac
import time
from base64 import b64encode
from hashlib import sha256

import httpx
import msgspec

from jishi.ports.messages import Message, NotBrought

SECONDS_MAX = 8.0
TRIES_MAX = 2
PAUSE_SECONDS = 0.3
SERVER_ERROR = 500


class Hook:
    """Sends messages to one address."""

    def __init__(self, url: str, secret: str) -> None:
        self.url, self.secret = url, secret.encode()

    def __repr__(self) -> str:
        return "Hook()"

    async def send(self, message: Message) -> None:
        """Hand a message over; a breakdown is tried once more, the number being the same."""
        body = msgspec.json.encode(
            {"to": message.to, "subject": message.subject, "words": message.words}
        )
        trouble = ""
        for tries in range(TRIES_MAX):
            if tries:
                await asyncio.sleep(PAUSE_SECONDS)
            try:
                async with httpx.AsyncClient(timeout=SECONDS_MAX, trust_env=False) as client:
                    headers = signed(self.secret, message.message_id, int(time.time()), body)
                    answer = await client.post(self.url, content=body, headers=headers)
            except httpx.HTTPError as error:
                trouble = type(error).__name__
                continue
            if answer.is_success:
                return
            trouble = f"answered {answer.status_code}"
            if answer.status_code < SERVER_ERROR:
                break
        raise NotBrought(trouble)


def signed(secret: bytes, message_id: str, now: int, body: bytes) -> dict[str, str]:
    """Give the headers of a signed call."""
    said = f"{message_id}.{now}.".encode() + body
    return {
        "content-type": "application/json",
        "user-agent": "Jishi",
        "webhook-id": message_id,
        "webhook-timestamp": str(now),
        "webhook-signature": "v1," + b64encode(hmac.digest(secret, said, sha256)).decode(),
    }
