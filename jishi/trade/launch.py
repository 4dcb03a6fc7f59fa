"""What a shop has ready before it opens. Read with `book=`."""

import msgspec

from jishi.kernel import queries


class Launch(msgspec.Struct, frozen=True):
    """How many products can be bought now, one that is live, and whether an order was paid."""

    products: int
    product: str
    was_paid: bool


sql = queries(__file__)
launch = sql.one("launch", Launch)
