"""What is told of an order. Read with `book=`."""

from jishi.kernel import queries
from jishi.telling.rules import Order

sql = queries(__file__)
orders = sql.many("orders", Order)
