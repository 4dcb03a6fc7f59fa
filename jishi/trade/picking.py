"""Picking: which store the goods of an order come from, each line from one."""

from collections.abc import Iterable, Mapping, Sequence

from jishi.goods import Stock
from jishi.trade.types import Destination, Line


def picked(
    shelves: Mapping[int, Sequence[Stock]], lines: Iterable[Line], destination: Destination
) -> dict[int, Stock]:
    """Give the shelf that each line is taken from; a SKU that nobody knows is left out.

    What is picked up comes from its store alone. Anything else leaves from the first store that
    has all of it; where none has, each line from the first that has enough of it, or the most.
    """
    known = [line for line in lines if shelves.get(line.sku_id)]
    wanted = destination.store_id or _first_with_all(shelves, known)
    return {line.sku_id: _shelf(shelves[line.sku_id], line, wanted) for line in known}


def _first_with_all(shelves: Mapping[int, Sequence[Stock]], lines: Sequence[Line]) -> int:
    """Give the store with the smallest id where every line lies; 0 for none."""
    having = [
        {stock.store_id for stock in shelves[line.sku_id] if stock.free >= line.quantity}
        for line in lines
    ]
    return min(set.intersection(*having), default=0) if having else 0


def _shelf(its: Sequence[Stock], line: Line, wanted: int) -> Stock:
    """Give the shelf in the store that is wanted, or else one that serves the line best."""
    there = next((stock for stock in its if stock.store_id == wanted), None)
    enough = next((stock for stock in its if stock.free >= line.quantity), None)
    return there or enough or max(its, key=lambda stock: stock.free)
