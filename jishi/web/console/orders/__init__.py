"""Orders at the desk: their lists, and each with what can be done about it."""

from jishi.web.console.orders.deeds import do_deed
from jishi.web.console.orders.lists import orders_list
from jishi.web.console.orders.page import order_page

ORDERS = (orders_list, order_page, do_deed)

__all__ = ["ORDERS"]
