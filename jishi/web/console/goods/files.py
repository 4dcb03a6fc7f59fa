"""A shop's goods as a file, out and in: downloaded, and uploaded to be checked or imported."""

import asyncio
from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile

from jishi import goods
from jishi.goods.xlsx_rows import FILE_BYTES_MAX
from jishi.kernel import Answer, Refused, new_id, new_public_id
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, language_of, text
from jishi.web.console.frame import show_console
from jishi.web.console.goods.said import reasons
from jishi.web.member import staff_of
from jishi.web.policy import staff

SHOWN_MAX = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READING = asyncio.Semaphore(1)
"""Files read at once in a process: each takes seconds, and memory by the hundred megabytes."""


@get("/console/goods/export.csv", opt=staff("goods"))
async def export_csv(request: Asked) -> Response[bytes]:
    """Give the goods as CSV."""
    body = await asyncio.to_thread(goods.as_csv, await exported(request))
    return download(body, "goods.csv", "text/csv; charset=utf-8")


@get("/console/goods/export.xlsx", opt=staff("goods"))
async def export_xlsx(request: Asked) -> Response[bytes]:
    """Give the goods as a workbook; what is too long for a cell of Excel is said."""
    products = await exported(request)
    try:
        body = await asyncio.to_thread(goods.as_xlsx, products)
    except goods.TooLong as error:
        return show_files(request, Told(problem=str(error)))
    return download(body, "goods.xlsx", XLSX)


@get("/console/goods/template.csv", opt=staff("goods"))
async def template() -> Response[bytes]:
    """Give a file with the columns and nothing below them."""
    return download(goods.as_csv([]), "goods-template.csv", "text/csv; charset=utf-8")


async def exported(request: Asked) -> list[goods.ExportedProduct]:
    """Read the goods of the member's shop."""
    market, book = house(request).market, staff_of(request).book
    return [product async for product in goods.exported(market, book)]


def download(body: bytes, name: str, media_type: str) -> Response[bytes]:
    """Give a file to keep."""
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "private, no-store",
    }
    return Response(body, headers=headers, media_type=media_type)


@get("/console/goods/files", opt=staff("goods"))
async def files(request: Asked) -> Response[bytes]:
    """Show the ways out and in."""
    return show_files(request, Told())


@post(
    "/console/goods/files", opt={**staff("goods"), "form": "files"}, status_code=200,
    request_max_body_size=FILE_BYTES_MAX + 64 * 1024,
)  # fmt: skip
async def upload(request: Asked) -> Response[bytes]:
    """Check a list, or import it: whole, or not at all."""
    form = await request.form()
    sent = form.get("file")
    data = await sent.read() if isinstance(sent, UploadFile) else b""
    try:
        async with READING:
            listed = await asyncio.to_thread(goods.read_catalogue, data)
    except goods.BadFile as error:
        return show_files(request, Told(problem=str(error)), status=422)
    if listed.rejections or text(form, "do") != "import":
        bad = list(listed.rejections)
        return show_files(request, Told(listed, bad), status=422 if bad else 200)
    answer = await ask(request, listed)
    if isinstance(answer, Refused):
        told = Told(listed, goods.rejections_of(answer), refused=answer)
        return show_files(request, told, status=status_of(answer))
    assert isinstance(answer, goods.CatalogueImported)
    return show_files(request, Told(listed, imported=answer))


async def ask(request: Asked, listed: goods.Catalogue) -> Answer:
    """Ask for the import."""
    member, needed = staff_of(request), range(goods.names_needed(listed.products))
    return await house(request).market.ask(
        goods.ImportCatalogue(
            key=uuid4(), book=member.book, actor_id=member.staff_id, products=listed.products,
            ids=tuple(new_id() for _ in needed),
            public_ids=tuple(new_public_id() for _ in needed),
        )
    )  # fmt: skip


class Told(msgspec.Struct, frozen=True):
    """What became of a file: what it says, what cannot be taken, what was imported."""

    listed: goods.Catalogue | None = None
    rejected: list[goods.Rejection] = []
    problem: str = ""
    refused: Refused | None = None
    imported: goods.CatalogueImported | None = None


def show_files(request: Asked, told: Told, *, status: int = 200) -> Response[bytes]:
    """Show the page, with what became of a file."""
    words = house(request).engine.words[language_of(request)]
    page = {
        "listed": len(told.listed.products) if told.listed else 0, "said": reasons(words),
        "is_read": told.listed is not None, "problem": told.problem, "imported": told.imported,
        "rejected": told.rejected[:SHOWN_MAX], "rejected_count": len(told.rejected),
        "notice": notice(request, told.refused) if told.refused else None,
    }  # fmt: skip
    return show_console(request, "console/goods/files.html", page, status=status)
