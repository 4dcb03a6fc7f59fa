"""The kernel: how the house asks, answers and remembers. It knows no word of trade.

A *request* asks for an act. An *act* gathers, decides and records, for a batch, in one book. Its
answer is an *event* (it happened, kept for ever) or a *refusal* (it may not). A *reaction* turns
events into further requests. A *till* serves a book.
"""

from jishi.kernel.act import BUSY, Act, Answer, Event, Happened, Refused, Request
from jishi.kernel.books import MARKET, open_books
from jishi.kernel.copying import CopiedAlready, copy
from jishi.kernel.ids import new_id, new_public_id
from jishi.kernel.market import Market
from jishi.kernel.migrate import MigrationRefused, migrate, pending
from jishi.kernel.promises import Kept, check_indexes, verify
from jishi.kernel.reaction import Reaction, Told
from jishi.kernel.schedule import Schedule
from jishi.kernel.sql import Many, One, Query, Run, columns, queries
from jishi.kernel.tx import Tx

__all__ = [
    "BUSY",
    "MARKET",
    "Act",
    "Answer",
    "CopiedAlready",
    "Event",
    "Happened",
    "Kept",
    "Many",
    "Market",
    "MigrationRefused",
    "One",
    "Query",
    "Reaction",
    "Refused",
    "Request",
    "Run",
    "Schedule",
    "Told",
    "Tx",
    "check_indexes",
    "columns",
    "copy",
    "migrate",
    "new_id",
    "new_public_id",
    "open_books",
    "pending",
    "queries",
    "verify",
]
