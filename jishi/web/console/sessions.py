"""A session is opened: the cookies of whoever has shown all that he must."""

import secrets
from uuid import uuid4

from litestar.datastructures import Cookie

from jishi import goods, staff
from jishi.kernel import MARKET, Refused, new_id
from jishi.web.asked import Asked, house
from jishi.web.member import STAFF, choice
from jishi.web.visitor import cookie

SESSION_SECONDS = staff.rules.SESSION_DAYS_MAX * 24 * 3600


async def cookies_of(asked: Asked, staff_id: int, works_in: int) -> list[Cookie]:
    """Open a session; an operator of one shop alone is in it at once."""
    market, secret, session_id = house(asked).market, secrets.token_urlsafe(32), new_id()
    opened = await market.ask(
        staff.OpenSession(
            key=uuid4(), book=MARKET, actor_id=staff_id, staff_id=staff_id,
            session_id=session_id, digest=staff.rules.digest(secret),
        )
    )  # fmt: skip
    if isinstance(opened, Refused):
        return []
    cookies = [cookie(asked, STAFF, staff.rules.token(session_id, secret), SESSION_SECONDS)]
    if works_in == MARKET:
        found = await market.look(goods.views.shops_after, after=0, shops_max=2)
        cookies += [choice(asked, shop.book) for shop in found if len(found) == 1]
    return cookies
