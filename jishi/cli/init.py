"""`jishi init`: make the operator and the first shop, and say how to go on."""

import asyncio
from pathlib import Path
from uuid import uuid4

from jishi import goods, kernel
from jishi import staff as people_here
from jishi.cli.connection import HOME, base_url, database
from jishi.cli.staff import add_member, console, link_for
from jishi.kernel import MARKET, Market, Refused, new_id


def init(
    shop: str,
    *,
    address: str = "shop",
    operator: str = "operator",
    store: str = "总店",
    home: Path = HOME,
) -> None:
    """Open a shop of this name, and let the operator in: he may do everything in every shop.

    The link that is printed sets the operator's password; it works once, within two days. Asked
    again, an operator and a shop that are there stay as they are.
    """
    with database(home) as urls:
        asyncio.run(kernel.migrate(urls.owner))
        asyncio.run(_init(urls.login, shop, address, operator, store, base=base_url(home)))


async def _init(url: str, shop: str, address: str, operator: str, store: str, *, base: str) -> None:
    market = Market(url, is_working=False)
    await market.open()
    try:
        opened = await market.ask(
            goods.OpenShop(
                key=uuid4(), book=MARKET, actor_id=0, shop_book=new_id(), store_id=new_id(),
                public_id=address, name=shop, name_en="", store_name=store, store_name_en="",
            )
        )  # fmt: skip
        if isinstance(opened, Refused) and opened.reason != "shop_exists":
            console.print(f"[red]Refused: {opened.reason}[/]")
            raise SystemExit(1)
        if not isinstance(opened, Refused):
            await market.ask(
                goods.SetOpening(
                    key=uuid4(), book=opened.subject_id, actor_id=0, state="trial", in_days=0
                )
            )
        console.print(
            f"The shop {shop} is on trial: the list at /console/opening leads to its opening."
            " Its goods come by jishi import, or are entered at /console/goods."
        )
        found = await market.look(people_here.views.member_named, book=MARKET, name=operator)
        staff_id = found.staff_id if found else 0
        if found is None:
            staff_id = await add_member(market, MARKET, operator, ("operator",))
        if found is None or not found.has_password:
            link = await link_for(market, MARKET, staff_id, base)
            console.print(f"{operator} may set a password at {link}")
        else:
            console.print(f"{operator} signs in at /console; forgot it? jishi staff reset")
    finally:
        await market.close()
