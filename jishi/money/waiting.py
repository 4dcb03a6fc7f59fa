"""Whether a payment is still waited for: what we know ourselves need not be asked of WeChat."""

from jishi.kernel import Market
from jishi.money import views
from jishi.money.asking import IsWaiting


def waiting(market: Market) -> IsWaiting:
    """Give what tells it of this market's attempts."""

    async def is_waiting(book: int, attempt_id: int) -> bool:
        found = await market.look(
            views.open_attempt, book=book, of_book=book, attempt_id=attempt_id
        )
        return found is not None

    return is_waiting
