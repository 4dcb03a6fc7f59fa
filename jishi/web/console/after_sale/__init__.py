"""After-sale at the desk: the queue, and each case with what can be done about it."""

from jishi.web.console.after_sale.deeds import do_deed
from jishi.web.console.after_sale.photographs import photograph, show_photographs
from jishi.web.console.after_sale.queue import case_page, queue

AFTER_SALE = (queue, case_page, do_deed, show_photographs, photograph)

__all__ = ["AFTER_SALE"]
