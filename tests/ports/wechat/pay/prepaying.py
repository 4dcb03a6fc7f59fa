"""One order, prepaid at a platform that answers as a test tells it to."""

import asyncio

from jishi.ports.wechat.pay import prepay
from tests.ports.wechat.pay.operations import common
from tests.ports.wechat.pay.platform import OPENID, Answering, Platform, a_merchant

PREPAID = {"prepay_id": "wx201410272009395522657a690389285100", "later_added": [1]}


def ask(platform: Platform, *answers: Answering, is_public: bool = False) -> prepay.Prepaid:
    """Prepay an order at a platform that answers so."""
    platform.answers = list(answers)

    async def scene() -> prepay.Prepaid:
        async with a_merchant(platform, is_public=is_public) as merchant:
            order = prepay.JsapiOrder(**common(), payer=prepay.Payer(OPENID))
            return await prepay.prepay_jsapi(merchant, order)

    return asyncio.run(scene())
