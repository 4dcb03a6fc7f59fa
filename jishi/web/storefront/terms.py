"""On what terms a product is sold, in words: whether it may come back, how many, until when."""

import msgspec

from jishi.goods.views import ProductPage
from jishi.pages.words import Words


class Term(msgspec.Struct, frozen=True):
    """A term: its name, and what it means to the shopper."""

    name: str
    said: str


def terms_of(page: ProductPage, words: Words) -> list[Term]:
    """Give the terms of a product, what a shopper must know before he buys first."""
    _ = words.say
    terms = [return_of(page, words)]
    if page.person_max is not None:
        terms.append(Term(_("限购"), _("每人最多买 {n} 件。", n=page.person_max)))
    if page.on_shelf_until is not None and page.is_live:
        until = _("{at} 下架。", at=words.moment(page.on_shelf_until))
        terms.append(Term(_("在售时间"), until))
    return terms


def return_of(page: ProductPage, words: Words) -> Term:
    """Say whether it may come back without a reason."""
    _ = words.say
    if page.return_class == "yes":
        return Term(_("七天无理由退货"), _("签收后七天内，商品完好，不问原因可以退。"))
    grounds = {
        "custom_made": _("这是按您的要求定做的。"),
        "perishable": _("这是鲜活易腐的商品。"),
        "opened_media": _("这是拆封后的音像、软件，或在线交付的数字内容。"),
        "periodical": _("这是交付后的报纸、期刊。"),
        "unsealed_risk": _("它拆封后可能影响人身安全或健康。"),
        "used_up_value": _("它一经激活或试用，价值会大幅降低。"),
        "sold_as_flawed": _("它临近保质期或有瑕疵，售价已经说明。"),
    }
    said = [grounds[page.return_ground]]
    if page.return_class == "confirmed_exception":
        said.append(_("下单时会请您确认。"))
    said.append(_("质量有问题照样可以退换。"))
    return Term(_("不支持无理由退货"), (" " if words.is_english else "").join(said))


def off_shelf(page: ProductPage, words: Words) -> str:
    """Say why it cannot be bought now."""
    _ = words.say
    if page.on_shelf_at is not None:
        return _("{at} 开售", at=words.moment(page.on_shelf_at))
    return _("已下架")
