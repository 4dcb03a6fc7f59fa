"""A payment that may be shared, and who may get parts of it."""

from jishi.ports.wechat.pay import prepay, sharing
from jishi.ports.wechat.pay.orders import Transaction
from tests.ports.wechat.pay.shop import Shop, number


async def shareable(shop: Shop) -> Transaction:
    """Give a payment that may be shared, and two receivers who may get parts of it."""
    _, paid = await shop.paid(settle_info=prepay.Settling(is_profit_shared=True))
    await shop.scene.advance(61)
    merchant = sharing.NewReceiver(
        appid=shop.appid, type="MERCHANT_ID", account=shop.other.mchid, relation_type="SUPPLIER",
        name="山里人家",
    )  # fmt: skip
    person = sharing.NewReceiver(
        appid=shop.appid, type="PERSONAL_OPENID", account=shop.openid, relation_type="CUSTOM",
        custom_relation="推广员", name=shop.scene.people[0].name,
    )  # fmt: skip
    for receiver in (merchant, person):
        added = await sharing.add_receiver(shop.merchant, receiver)
        assert added.account == receiver.account
    return paid


def parts(shop: Shop, paid: Transaction, *, is_last: bool = False) -> sharing.SharingAsked:
    """Share 100 fen with a merchant and 50 with a person."""
    return sharing.SharingAsked(
        appid=shop.appid,
        transaction_id=paid.transaction_id,
        out_order_no=number(),
        is_last=is_last,
        receivers=[
            sharing.Share(
                type="MERCHANT_ID", account=shop.other.mchid, amount_fen=100, description="货款"
            ),
            sharing.Share(
                type="PERSONAL_OPENID", account=shop.openid, amount_fen=50, description="佣金",
                name=shop.scene.people[0].name,
            ),
        ],
    )  # fmt: skip
