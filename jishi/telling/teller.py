"""The teller: says it through the market's account, once, to whoever is known there."""

import os
from collections.abc import Mapping, Sequence

import structlog
from msgspec import Struct

from jishi import people
from jishi.kernel import Market
from jishi.kernel.secret import Secret
from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.official import Account
from jishi.ports.wechat.official.templates import Template, TemplateMessage, add, every, send
from jishi.telling import rules, views
from jishi.telling.rules import Order

log = structlog.get_logger()


class NotOpen(Exception):
    """The teller has no market."""


class News(Struct, frozen=True):
    """What is said of an order: by which template, what its places hold, under which number."""

    order_id: int
    title: str
    said: Mapping[str, str]
    number: str


class Teller:
    """Tells buyers; opened with the market, silent while there is no account."""

    def __init__(self) -> None:
        self.market: Market | None = None
        self.secret = Secret(b"")
        self.templates: Sequence[Template] | None = None

    def open(self, market: Market, secret: Secret) -> None:
        """Use this market from now on."""
        self.market, self.secret, self.templates = market, secret, None

    def close(self) -> None:
        """Forget it."""
        self.market, self.secret, self.templates = None, Secret(b""), None

    async def orders(self, book: int, order_ids: Sequence[int]) -> dict[int, Order]:
        """Read the orders that are to be told of."""
        if self.market is None:
            raise NotOpen
        found = await self.market.look(
            views.orders, book=book, of_book=book, order_ids=sorted(set(order_ids))
        )
        return {each.order_id: each for each in found}

    async def tell(self, order: Order, news: News) -> bool:
        """Say it to the order's buyer; tells whether he was there to hear it.

        Raises WechatFailure where trying again may help: under one number it is said once.
        """
        settings = await people.wechat_account.ready()
        account = await people.wechat_account.asked()
        if self.market is None or settings is None or account is None:
            return False
        openid = await people.openid_of(self.market, self.secret, order.buyer_id, settings.appid)
        template = rules.chosen(await self.known(account), news.title)
        data = rules.filled(template.content, news.said) if template else None
        if not openid or template is None or data is None:
            return False
        message = TemplateMessage(
            openid=openid, template_id=template.template_id, data=data, url=url_of(order),
            client_msg_id=news.number,
        )  # fmt: skip
        try:
            await send(account, message)
        except AnsweredWithError as failure:
            if int(failure.error.number or 0) not in rules.FINAL:
                raise
            log.info("a buyer could not be told", title=news.title, why=failure.error.number)
            return False
        return True

    async def known(self, account: Account) -> Sequence[Template]:
        """Give the account's templates; one that runs here takes what it lacks from the library."""
        if self.templates is None:
            found = await every(account)
            if os.environ.get("JISHI_WECHAT"):
                lacking = rules.LIBRARY.keys() - {each.title for each in found}
                for title in sorted(lacking):
                    await add(account, rules.LIBRARY[title])
                found = await every(account) if lacking else found
            self.templates = found
        return self.templates


def url_of(order: Order) -> str:
    """Give the address of the order's page, as WeChat opens it."""
    origin = os.environ.get("JISHI_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
    return f"{origin}/shops/{order.shop}/orders/{order.order}"


teller = Teller()
