"""`jishi import`: a list of goods into a shop, whole or not at all."""

import asyncio
import csv
import re
import sys
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Self
from urllib.parse import unquote
from uuid import uuid4

from cyclopts.types import ExistingDirectory, ExistingFile
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table

from jishi import goods
from jishi.cli.connection import HOME, database
from jishi.cli.uploads import as_text, list_uploads
from jishi.kernel import Market, Refused, new_id, new_public_id

SHOPS_MAX = 1_000
SHOWN_MAX = 200
NOTES_SHOWN_MAX = 20
console = Console(highlight=False)


def import_(
    file: ExistingFile,
    *,
    shop: str = "",
    dry_run: bool = False,
    skip_bad: bool = False,
    images: ExistingDirectory | None = None,
    report: Path | None = None,
    uploads: Path | None = None,
    home: Path = HOME,
) -> None:
    """Import a product list (CSV in the widely used Shopify columns) into a shop.

    Nothing is imported while any line is rejected, unless you say to skip those products.
    Pictures are never fetched: those that still have to be uploaded are listed.

    Parameters
    ----------
    file
        The list: UTF-8, with or without BOM, or GB18030.
    shop
        The shop's public id; may be left out while there is one shop.
    dry_run
        Only read and report.
    skip_bad
        Leave out products with a rejected line and import the rest.
    images
        A folder with the pictures that the list names.
    report
        Write the rejected lines to this CSV file.
    uploads
        Write the pictures that are still to be uploaded to this CSV file.
    home
        The data folder.
    """
    listed = read(file)
    if listed.rejections:
        show(listed.rejections)
    if report:
        write_report(report, listed.rejections)
    if dry_run or (listed.rejections and not skip_bad):
        if not dry_run:
            console.print("[red]Nothing was imported.[/] Mend these lines, or add --skip-bad.")
        sys.exit(1 if listed.rejections else 0)
    with database(home) as urls:
        how = How(skip_bad=skip_bad, images=images, uploads=uploads)
        is_done, bad = asyncio.run(into(urls.login, listed, shop, how))
    if report and bad:
        write_report(report, (*listed.rejections, *bad))
    sys.exit(0 if is_done else 1)


def read(file: Path) -> goods.Catalogue:
    """Read the list, with a bar (or, not on a terminal, a line for every tenth)."""
    name = escape(file.name)
    data = file.read_bytes()
    with Bar(f"Reading {name}", data.count(b"\n") + 1) as bar:
        try:
            listed = goods.read_catalogue(data, bar.reached)
        except goods.BadFile as error:
            console.print(f"[red]{name} is not a product list:[/] {escape(str(error))}")
            sys.exit(1)
    skus = sum(len(product.skus) for product in listed.products)
    console.print(
        f"{len(listed.products):,} products with {skus:,} SKUs read ({listed.encoding});"
        f" {len(listed.rejections):,} lines rejected."
    )
    for note in listed.notes[:NOTES_SHOWN_MAX]:
        console.print(f"[dim]note: {escape(note)}[/]")
    if len(listed.notes) > NOTES_SHOWN_MAX:
        console.print(f"[dim]and {len(listed.notes) - NOTES_SHOWN_MAX:,} more notes[/]")
    return listed


class How(NamedTuple):
    """What the person asked for besides."""

    skip_bad: bool = False
    images: Path | None = None
    uploads: Path | None = None


class Bar:
    """A progress bar on a terminal; elsewhere one line for every tenth."""

    def __init__(self, words: str, total: int) -> None:
        self.words, self.total, self.said = words, total, 0
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        self.progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self.task = self.progress.add_task(words, total=total)

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def reached(self, done: int) -> None:
        """Show how far it is."""
        self.progress.update(self.task, completed=done)
        tenth = done * 10 // self.total
        if not console.is_terminal and tenth > self.said:
            self.said = tenth
            console.print(f"{self.words}: {tenth * 10} %")


def show(rejections: tuple[goods.Rejection, ...] | list[goods.Rejection]) -> None:
    """Print the rejected lines."""
    table = Table("Line", "Product", "Column", "Why", "It says")
    for each in rejections[:SHOWN_MAX]:
        words = (str(each.line), each.handle, each.column, each.reason, each.said)
        table.add_row(*(escape(word) for word in words))
    console.print(table)
    if len(rejections) > SHOWN_MAX:
        console.print(f"and {len(rejections) - SHOWN_MAX:,} more; --report FILE writes them all")


def write_report(file: Path, rejections: tuple[goods.Rejection, ...]) -> None:
    """Write the rejected lines as CSV that a spreadsheet opens."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("line", "handle", "column", "reason", "said"))
        for each in rejections:
            words = (each.handle, each.column, each.reason, each.said)
            writer.writerow((each.line, *(as_text(word) for word in words)))


async def into(
    url: str, listed: goods.Catalogue, shop: str, how: How
) -> tuple[bool, list[goods.Rejection]]:
    """Ask for the import; give whether it happened, and the lines that the shop rejected."""
    market = Market(url, is_working=False)
    await market.open()
    try:
        shops = await market.look(goods.views.shops, shops_max=SHOPS_MAX)
        chosen = [each for each in shops if shop in {"", each.shop}]
        if len(chosen) != 1:
            names = ", ".join(f"{each.shop} ({each.name})" for each in shops) or "none"
            console.print(f"[red]Name one shop with --shop.[/] There are: {escape(names)}")
            return False, []
        book = chosen[0].book
        done = await ask(market, book, listed, skip_bad=how.skip_bad, images=how.images)
        if done[0]:
            await list_uploads(market, book, how.uploads)
        return done
    finally:
        await market.close()


async def ask(
    market: Market, book: int, listed: goods.Catalogue, *, skip_bad: bool, images: Path | None
) -> tuple[bool, list[goods.Rejection]]:
    """Import into this book, then upload what the folder has."""
    products = listed.products
    bad: list[goods.Rejection] = []
    answer = await market.ask(request(book, products))
    if isinstance(answer, Refused) and answer.reason == "lines_rejected":
        bad = goods.rejections_of(answer)
        show(bad)
        handles = {each.handle for each in bad}
        products = tuple(each for each in products if each.handle not in handles)
        if skip_bad and products:
            answer = await market.ask(request(book, products))
    if not isinstance(answer, goods.CatalogueImported):
        reason = answer.reason if isinstance(answer, Refused) else type(answer).__name__
        console.print(f"[red]Nothing was imported:[/] {reason}")
        return False, bad
    uploaded = await upload(market, book, products, images) if images else 0
    console.print(
        f"Products: {answer.products_new:,} new, {answer.products_changed:,} changed,"
        f" {answer.products_unchanged:,} unchanged. SKUs: {answer.skus_new:,} new,"
        f" {answer.skus_changed:,} changed. Pictures: {uploaded:,} uploaded,"
        f" {max(0, answer.images_to_upload - uploaded):,} to upload."
    )
    return True, bad


def request(book: int, products: tuple[goods.ListedProduct, ...]) -> goods.ImportCatalogue:
    """Give the request with enough ids."""
    needed = range(goods.names_needed(products))
    return goods.ImportCatalogue(
        key=uuid4(),
        book=book,
        actor_id=0,
        products=products,
        ids=tuple(new_id() for _ in needed),
        public_ids=tuple(new_public_id() for _ in needed),
    )


async def upload(
    market: Market, book: int, products: tuple[goods.ListedProduct, ...], folder: Path
) -> int:
    """Upload each listed picture that the folder has, by its file name."""
    uploaded = 0
    files = files_in(folder)
    for source in dict.fromkeys(image.source for each in products for image in each.images):
        file = files.get(file_name(source))
        if file is None:
            continue
        try:
            sizes = await asyncio.to_thread(goods.renditions, file.read_bytes())
        except goods.BadPicture as error:
            console.print(f"{escape(file.name)}: {error}")
            continue
        answer = await market.ask(
            goods.UploadPicture(
                key=uuid4(),
                book=book,
                actor_id=0,
                name=source,
                renditions=goods.as_base64(sizes),
            )
        )
        if isinstance(answer, Refused):
            console.print(f"{escape(file.name)}: {answer.reason}")
        else:
            uploaded += answer.images if isinstance(answer, goods.PictureUploaded) else 0
    return uploaded


def files_in(folder: Path) -> dict[str, Path]:
    """Give the files of a folder by their names."""
    return {file.name: file for file in folder.iterdir() if file.is_file()}


def file_name(source: str) -> str:
    """Give the last part of an address or path, without what is asked of its host."""
    return unquote(PurePosixPath(re.split("[?#]", source, maxsplit=1)[0]).name)
