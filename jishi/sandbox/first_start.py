"""The first start: one service account, one mini program, three merchants, three people."""

from jishi.kernel import Tx
from jishi.sandbox.cast import (
    NewPerson,
    accounts,
    be_born,
    register_account,
    register_merchant,
)
from jishi.sandbox.keys import CERTIFICATE, PUBLIC_KEY, make_certificate, make_public_key

MERCHANTS = (
    ("1900000109", "集市示范商户", PUBLIC_KEY),
    ("1900000117", "山里人家", CERTIFICATE),
    ("1900000125", "青石书店", PUBLIC_KEY),
)
PEOPLE = (
    NewPerson("林小满", "🌾", "13800000001", "杭州", "30.2741,120.1551"),
    NewPerson("周远", "⛵", "13800000002", "上海", "31.2304,121.4737"),
    NewPerson("何穗", "🍊", "13800000003", "成都", "30.5728,104.0668"),
)


async def begin(tx: Tx) -> None:
    """Make the cast, unless there is one; keys are real and made here, so it takes a second."""
    if await accounts(tx):
        return
    await make_certificate(tx)
    await make_public_key(tx)
    await register_account(tx, "service", "集市")
    await register_account(tx, "mini", "集市小程序")
    for mchid, name, mode in MERCHANTS:
        await register_merchant(tx, mchid, name, mode)
    for person in PEOPLE:
        await be_born(tx, person)
