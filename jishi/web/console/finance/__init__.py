"""The books at the desk: what is held, statements, days compared with WeChat, what differs."""

from jishi.web.console.finance.account import account, statement, statement_file
from jishi.web.console.finance.days import day, days
from jishi.web.console.finance.differences import differences, explain

FINANCE = (account, statement, statement_file, days, day, differences, explain)

__all__ = ["FINANCE"]
