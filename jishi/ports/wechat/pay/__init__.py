"""WeChat Pay v3 from a merchant's side, a file an area; it knows no business.

`open_merchant` gives who asks; the operations are functions that take it first: `prepay`,
`orders`, `refunds`, `combined`, `sharing`, `transfers`, `complaints`, `bills`, `echo`. `page` signs
what a page opens WeChat's sheet with; `NoticeReader` reads what WeChat tells us by itself.
"""

from jishi.ports.wechat.pay.credentials import BadCredentials, Credentials
from jishi.ports.wechat.pay.merchant import HOSTS, Merchant, open_merchant
from jishi.ports.wechat.pay.notices import Notice
from jishi.ports.wechat.pay.notifications import NoticeReader, Rejection, SeenNotices

__all__ = [
    "HOSTS",
    "BadCredentials",
    "Credentials",
    "Merchant",
    "Notice",
    "NoticeReader",
    "Rejection",
    "SeenNotices",
    "open_merchant",
]
