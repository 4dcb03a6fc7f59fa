"""`jishi staff`: add somebody to the staff, or let a member back in, at the machine itself."""

import asyncio
import secrets
from pathlib import Path
from uuid import uuid4

from cyclopts import App
from rich.console import Console

from jishi import goods
from jishi import staff as people_here
from jishi.cli.connection import HOME, base_url, database
from jishi.kernel import MARKET, Market, Refused, new_id

SHOPS_MAX = 1_000
staff = App(name="staff", help="Who works at the market and in its shops.")
console = Console(highlight=False, soft_wrap=True)


@staff.command
def add(name: str, *roles: str, shop: str = "", home: Path = HOME) -> None:
    """Add a member by the name that signs in, and print the link to set a password.

    Without --shop he works for the market itself (operator, arbiter, bookkeeper); in a shop the
    roles are owner, manager, goods, orders, finance, service and store.
    """
    with database(home) as urls:
        asyncio.run(_add(urls.login, name, roles or ("operator",), shop, base_url(home)))


@staff.command
def reset(name: str, *, second_step: bool = False, home: Path = HOME) -> None:
    """Print a link with which this member sets a new password; it works once, within two days.

    With --second-step also the authenticator is removed: for whoever lost it, and the codes.
    """
    with database(home) as urls:
        asyncio.run(_reset(urls.login, name, base_url(home), second_step=second_step))


@staff.command
def end(name: str, *, home: Path = HOME) -> None:
    """End a membership: whoever left is signed out everywhere at once, and stays out."""
    with database(home) as urls:
        asyncio.run(_end(urls.login, name))


async def _add(url: str, name: str, roles: tuple[str, ...], shop: str, base: str) -> None:
    market = Market(url, is_working=False)
    await market.open()
    try:
        book = MARKET
        if shop:
            shops = await market.look(goods.views.shops, shops_max=SHOPS_MAX)
            book = next((each.book for each in shops if each.shop == shop), 0)
        staff_id = await add_member(market, book, name, roles)
        link = await link_for(market, book, staff_id, base)
        console.print(f"{name} may set a password at {link}")
    finally:
        await market.close()


async def _reset(url: str, name: str, base: str, *, second_step: bool) -> None:
    market = Market(url, is_working=False)
    await market.open()
    try:
        found = await market.look(people_here.views.member_named, book=MARKET, name=name)
        if found is None:
            console.print(f"[red]Nobody signs in as {name}.[/]")
            raise SystemExit(1)
        if second_step:
            await market.ask(
                people_here.RemoveAuthenticator(
                    key=uuid4(), book=MARKET, actor_id=0, staff_id=found.staff_id,
                    works_in=found.works_in,
                )
            )  # fmt: skip
        link = await link_for(market, found.works_in, found.staff_id, base)
        console.print(f"{name} may set a new password at {link}")
    finally:
        await market.close()


async def _end(url: str, name: str) -> None:
    market = Market(url, is_working=False)
    await market.open()
    try:
        found = await market.look(people_here.views.member_named, book=MARKET, name=name)
        ended = await market.ask(
            people_here.EndMembership(
                key=uuid4(), book=MARKET, actor_id=0, staff_id=found.staff_id if found else 0,
                works_in=found.works_in if found else 0,
            )
        )  # fmt: skip
        if isinstance(ended, Refused):
            console.print(f"[red]Refused: {ended.reason}[/]")
            raise SystemExit(1)
        console.print(f"{name} is signed out everywhere, and stays out.")
    finally:
        await market.close()


async def add_member(market: Market, book: int, name: str, roles: tuple[str, ...]) -> int:
    """Add a member; what is refused ends the command."""
    added = await market.ask(
        people_here.AddMember(
            key=uuid4(), book=MARKET, actor_id=0, staff_id=new_id(), works_in=book, name=name,
            roles=roles,
        )
    )  # fmt: skip
    if isinstance(added, Refused):
        console.print(f"[red]Refused: {added.reason}[/]")
        raise SystemExit(1)
    return added.subject_id


async def link_for(market: Market, book: int, staff_id: int, base: str) -> str:
    """Issue a link, and give its address."""
    secret, link_id = secrets.token_urlsafe(32), new_id()
    issued = await market.ask(
        people_here.IssueLink(
            key=uuid4(), book=MARKET, actor_id=0, staff_id=staff_id, works_in=book,
            link_id=link_id, digest=people_here.rules.digest(secret),
        )
    )  # fmt: skip
    if isinstance(issued, Refused):
        console.print(f"[red]Refused: {issued.reason}[/]")
        raise SystemExit(1)
    return f"{base}/console/welcome/{people_here.rules.token(link_id, secret)}"
