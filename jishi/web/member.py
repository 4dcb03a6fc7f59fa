"""Who works here: a member of the staff, known by the session that his browser has."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
from litestar.datastructures import Cookie
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from jishi import goods, staff
from jishi.kernel import MARKET
from jishi.web.asked import Asked, house
from jishi.web.visitor import cookie

STAFF, SHOP = "staff", "works_in"
SECOND_STEP = "/console/me/second-step"
WITHOUT_SECOND_STEP = (SECOND_STEP, "/console/sign-out")
"""What is open to whoever must set his authenticator first."""

IN_A_SHOP = ("goods", "stock", "orders", "shipping", "after_sale", "service", "store")
"""What can only be done in a shop: the operator first says in which."""


class SignInNeeded(NotAuthorizedException):
    """Nobody is signed in; the way in leads back here."""


class SecondStepNeeded(NotAuthorizedException):
    """Whoever is signed in must set an authenticator first."""


class ShopNeeded(NotAuthorizedException):
    """The operator has not said in which shop."""


class RoleLacking(PermissionDeniedException):
    """Whoever is signed in may not come here."""

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission


class Member(msgspec.Struct, frozen=True):
    """Who is signed in. `book` is where he works now: an operator chooses a shop.

    `news` is the number of notices he has not read.
    """

    staff_id: int
    session_id: int
    name: str
    works_in: int
    book: int
    roles: list[str]
    permissions: frozenset[str]
    shop: goods.views.ShopRow | None
    news: int
    lacks_second_step: bool

    @property
    def is_operator(self) -> bool:
        """Tell whether he works for the market itself."""
        return self.works_in == MARKET


def staff_of(asked: Asked) -> Member:
    """Give the member who asks, on a route whose policy is "staff"."""
    member = asked.scope["state"]["member"]
    assert isinstance(member, Member)
    return member


async def admit_member(asked: Asked, permission: str, *, is_in_a_shop: bool) -> None:
    """Let in a member who may; anybody else is told why not."""
    member = await recognise(asked)
    if member is None:
        raise SignInNeeded
    asked.scope["state"]["member"] = member
    if member.lacks_second_step and asked.scope["path"] not in WITHOUT_SECOND_STEP:
        raise SecondStepNeeded
    if permission and permission not in member.permissions:
        raise RoleLacking(permission)
    if is_in_a_shop and member.book == MARKET:
        raise ShopNeeded


async def recognise(asked: Asked) -> Member | None:
    """Give the member whose session this is; a session in use is prolonged now and then."""
    named = staff.rules.read(asked.cookies.get(STAFF, ""))
    if named is None:
        return None
    market = house(asked).market
    found = await market.look(
        staff.views.good_session, book=MARKET, session_id=named.number, digest=named.digest
    )
    if found is None:
        return None
    if found.ends_at - datetime.now(UTC) < timedelta(hours=staff.rules.PROLONGED_BEFORE_HOURS):
        await market.ask(
            staff.ProlongSession(
                key=uuid4(), book=MARKET, actor_id=found.staff_id, session_id=found.session_id
            )
        )
    book = found.works_in if found.works_in != MARKET else chosen(asked)
    shop = await market.look(goods.views.shop_of_book, of_book=book)
    permissions = staff.rules.permissions(found.works_in, found.roles)
    return Member(
        found.staff_id, found.session_id, found.name, found.works_in,
        shop.book if shop else found.works_in, found.roles, permissions, shop,
        await news_of(asked, found.staff_id, shop.book, permissions) if shop else 0,
        found.lacks_second_step,
    )  # fmt: skip


async def news_of(asked: Asked, staff_id: int, book: int, permissions: frozenset[str]) -> int:
    """Count what the shop was told since this member last read it, of what he may handle."""
    counted = await house(asked).market.look(
        staff.notices.news_count, book=book, kinds=staff.rules.kinds_for(permissions),
        staff_id=staff_id, notices_max=staff.rules.NEWS_MAX,
    )  # fmt: skip
    return counted.notices if counted else 0


def chosen(asked: Asked) -> int:
    """Give the shop that an operator chose in this browser; the market where he chose none."""
    number, _, signature = asked.cookies.get(SHOP, "").partition(".")
    if not number or not house(asked).secret.is_signed(SHOP, number, signature):
        return MARKET
    return int(number, 16)


def choice(asked: Asked, book: int) -> Cookie:
    """Give the cookie that remembers an operator's shop."""
    number = f"{book:x}"
    value = f"{number}.{house(asked).secret.sign(SHOP, number)}"
    return cookie(asked, SHOP, value, staff.rules.SESSION_DAYS_MAX * 24 * 3600)
