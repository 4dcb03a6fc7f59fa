"""`jishi verify`: check every promise on the live market."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from jishi import kernel
from jishi.cli.connection import HOME, database


def verify(*only: str, home: Path = HOME, indexes: bool = False, allow_empty: bool = False) -> None:
    """Check every promise: each is a view that must return no row.

    A check that saw no row has failed too, for it proved nothing.

    Parameters
    ----------
    only
        Promises whose names begin so (trade., money.every_); all of them, if none is given.
    home
        The data folder.
    indexes
        Also check every index with amcheck.
    allow_empty
        Accept checks that saw nothing: a new market has no orders yet.
    """
    with database(home) as urls:
        checking = _verify(urls.owner, only, indexes=indexes, allow_empty=allow_empty)
        try:
            is_kept = asyncio.run(checking)
        except KeyError as unknown:
            Console(stderr=True).print(f"[red]No promise begins with {unknown}.[/]")
            sys.exit(2)
    sys.exit(0 if is_kept else 1)


async def _verify(owner_url: str, only: Sequence[str], *, indexes: bool, allow_empty: bool) -> bool:
    table = Table("", "Promise", "Rows examined", "Broken", "ms")
    console = Console(highlight=False)
    is_kept, is_broken = True, False
    async for kept in kernel.verify(owner_url, only):
        is_empty = kept.examined == 0 and not allow_empty
        mark = "[red]broken[/]" if kept.broken else "[yellow]saw nothing[/]" if is_empty else "ok"
        is_kept = is_kept and not kept.broken and not is_empty
        is_broken = is_broken or kept.broken > 0
        table.add_row(
            mark, kept.sentence, f"{kept.examined:,}", f"{kept.broken:,}", str(kept.took_ms)
        )
        for shown in kept.shown:
            table.add_row("", f"  [red]{shown}[/]", "", "", "")
    console.print(table)
    if indexes:
        console.print(f"{await kernel.check_indexes(owner_url):,} indexes are sound.")
    console.print(told(is_kept=is_kept, is_broken=is_broken))
    return is_kept


def told(*, is_kept: bool, is_broken: bool) -> str:
    """Say how it stands: a check that saw nothing has proved nothing, and broke nothing."""
    if is_broken:
        return "[red]Not every promise is kept.[/]"
    if is_kept:
        return "Every promise is kept."
    return (
        "[yellow]No promise is broken; some checks saw nothing yet[/] (--allow-empty accepts it)."
    )
