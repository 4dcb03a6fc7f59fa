"""Tracking over HTTP: each provider has an interface of its own, so one call to a hook asks them.

The hook is a small program of the merchant's (a cloud function before Kuaidi100, Kdniao, a
carrier's own interface ...). It is sent, by POST, JSON with `carrier` (a code of
`fulfilment/parcels/carriers.py`), `tracking_number` and `phone_tail`, under
`Authorization: Bearer` and the key. It answers 200 with `{"scans": [{"at": RFC 3339 with its
offset, "state": one of STATES, "place": "", "words": ""}]}`, in any order; 404 for a parcel that
nobody knows (yet); 401 or 403 when the key is wrong. Anything else is no answer. To ask changes
nothing, so a breakdown is asked once more at once; whoever asks waits longer after each failure.
"""

import asyncio
from datetime import datetime

import httpx
import msgspec

from jishi.ports.carrier.tracking import STATES, NotAllowed, NotAnswered, NotKnown, Scan, Sought

SECONDS_MAX = 8.0
TRIES_MAX = 2
PAUSE_SECONDS = 0.3
ANSWER_BYTES_MAX = 256 * 1024
SCANS_MAX = 200
OK, FORBIDDEN, NOT_FOUND, SERVER_ERROR = 200, (401, 403), 404, 500


class _Scan(msgspec.Struct):
    at: datetime
    state: str
    place: str = ""
    words: str = ""


class _Answer(msgspec.Struct):
    scans: list[_Scan]


class Hook:
    """Asks one address."""

    def __init__(self, url: str, key: str) -> None:
        self.url, self.key = url, key

    def __repr__(self) -> str:
        return "Hook()"

    async def scans(self, sought: Sought) -> list[Scan]:
        """Ask where a parcel is."""
        trouble = ""
        for tries in range(TRIES_MAX):
            if tries:
                await asyncio.sleep(PAUSE_SECONDS)
            try:
                async with asyncio.timeout(SECONDS_MAX):
                    status, content = await self._ask(msgspec.json.encode(sought))
            except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
                trouble = type(error).__name__
                continue
            if status < SERVER_ERROR:
                return read(status, content)
            trouble = f"answered {status}"
        raise NotAnswered(trouble)

    async def _ask(self, body: bytes) -> tuple[int, bytes]:
        headers = {
            "authorization": f"Bearer {self.key}", "content-type": "application/json",
            "user-agent": "Jishi",
        }  # fmt: skip
        async with (
            httpx.AsyncClient(timeout=SECONDS_MAX, trust_env=False) as client,
            client.stream("POST", self.url, content=body, headers=headers) as answer,
        ):
            content = b""
            async for chunk in answer.aiter_bytes():
                content += chunk
                if len(content) > ANSWER_BYTES_MAX:
                    raise NotAnswered("too_long")
            return answer.status_code, content


def read(status: int, content: bytes) -> list[Scan]:
    """Read an answer, the oldest scan first."""
    if status == NOT_FOUND:
        raise NotKnown
    if status in FORBIDDEN:
        raise NotAllowed
    if status != OK:
        raise NotAnswered(f"answered {status}")
    try:
        found = msgspec.json.decode(content, type=_Answer).scans
    except (msgspec.DecodeError, ValueError) as error:
        raise NotAnswered("unreadable") from error
    if len(found) > SCANS_MAX or any(not is_clear(each) for each in found):
        raise NotAnswered("unreadable")
    scans = [Scan(each.at, each.state, each.place, each.words) for each in found]
    return sorted(scans, key=lambda scan: scan.at)


def is_clear(scan: _Scan) -> bool:
    """Tell whether this says how a parcel stood, and when, wherever one reads it."""
    return scan.state in STATES and scan.at.tzinfo is not None
