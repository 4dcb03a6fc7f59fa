"""Downloading a bill: the request is signed, the answer is not."""

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Download, Refusal
from jishi.sandbox.calls import PayCall
from jishi.sandbox.doors import pay

GONE = Refusal(400, "INVALID_REQUEST", "下载链接已失效，请重新申请账单")


class File(Struct, frozen=True):
    """A bill that can be fetched."""

    content: bytes
    is_zip: bool


sql = queries(__file__)
file_of = sql.one("file_of", File)


@pay("GET", "/v3/billdownload/file")
async def download(call: PayCall) -> Download | Refusal:
    """Fetch a bill of one's own."""
    token = call.query.get("token", "")
    found = await file_of(call.tx, token=token, mchid=call.merchant.mchid)
    if found is None:
        return GONE
    return Download(found.content, "application/x-gzip" if found.is_zip else "text/plain")
