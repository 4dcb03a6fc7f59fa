"""The pictures that are still to be uploaded: a few shown, all of them in a file."""

import csv
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from jishi import goods
from jishi.kernel import Market

IMAGES_MAX = 100_000
SHOWN_MAX = 5
console = Console(highlight=False)


async def list_uploads(market: Market, book: int, file: Path | None) -> None:
    """Say which pictures of a shop wait for their upload; write them all to the file, if any."""
    waiting = await market.look(goods.views.waiting_images, of_book=book, images_max=IMAGES_MAX)
    for each in waiting[:SHOWN_MAX]:
        console.print(f"[dim]to upload: {escape(each.handle)}  {escape(each.source)}[/]")
    if len(waiting) > SHOWN_MAX and not file:
        console.print(f"[dim]and {len(waiting) - SHOWN_MAX:,} more; --uploads FILE lists all[/]")
    if file:
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("handle", "source"))
            writer.writerows((as_text(each.handle), as_text(each.source)) for each in waiting)


def as_text(word: str) -> str:
    """Give a word that no spreadsheet takes for a formula."""
    return f"'{word}" if word.startswith(("=", "+", "-", "@")) else word
