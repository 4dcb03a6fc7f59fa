"""The platform's quotas, each with the day from which it holds: what WeChat allows, and no more.

Sources: "Customer service message introduction" (since 2023-06-12), "Broadcasting", "Template
message interface", "Getting a stable access token", "API call limits", "Generating a parametric QR
code", "Clearing API quota" of developers.weixin.qq.com. Quotas change: add a row, keep the old one.
"""

from datetime import date, datetime, timedelta, timezone

from msgspec import Struct

BEIJING = timezone(timedelta(hours=8))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Limit(Struct, frozen=True):
    """So many within so long, from a day on; `amount` none is without limit."""

    name: str
    amount: int | None
    within: timedelta
    since: date = date(2012, 8, 23)


LIMITS = (
    # Customer-service messages, by what the person did.
    Limit("customer.message", 20, 48 * HOUR, date(2015, 3, 1)),
    Limit("customer.message", 5, 48 * HOUR, date(2023, 6, 12)),
    Limit("customer.menu", 3, MINUTE, date(2021, 6, 1)),
    Limit("customer.follow", 3, MINUTE, date(2021, 6, 1)),
    Limit("customer.scan", 3, MINUTE, date(2021, 6, 1)),
    Limit("customer.payment", 20, 48 * HOUR, date(2021, 6, 1)),
    Limit("customer.payment", None, 48 * HOUR, date(2023, 6, 12)),
    Limit("program.message", 5, 48 * HOUR),
    Limit("program.enter", 2, MINUTE),
    # Broadcasts of a service account: a person receives so many a calendar month.
    Limit("broadcast.person", 4, 31 * DAY),
    Limit("broadcast.all", 1, DAY),
    # Templates an account may have.
    Limit("templates", 25, DAY),
    Limit("permanent_codes", 100_000, DAY),
    Limit("clear_quota", 10, 31 * DAY),
    Limit("industry_changes", 1, 31 * DAY),
    Limit("forced_refresh", 20, DAY, date(2023, 3, 1)),
    # Calls a day and calls a minute.
    Limit("/cgi-bin/token", 2_000, DAY),
    Limit("/cgi-bin/stable_token", 500_000, DAY, date(2023, 3, 1)),
    Limit("/cgi-bin/stable_token", 10_000, MINUTE, date(2023, 3, 1)),
    Limit("/cgi-bin/message/template/send", 100_000, DAY),
    Limit("/cgi-bin/message/custom/send", 500_000, DAY),
    Limit("/cgi-bin/message/mass/sendall", 100, DAY),
    Limit("/cgi-bin/message/mass/sendall", 60, MINUTE),
    Limit("/cgi-bin/message/mass/send", 100, DAY),
    Limit("/cgi-bin/message/mass/send", 60, MINUTE),
    Limit("/cgi-bin/message/mass/preview", 100, DAY),
    Limit("/cgi-bin/menu/create", 1_000, DAY),
    Limit("/cgi-bin/menu/delete", 1_000, DAY),
    Limit("/cgi-bin/qrcode/create", 100_000, DAY),
    Limit("/cgi-bin/media/upload", 100_000, DAY),
    Limit("/cgi-bin/media/uploadimg", 100, DAY),
    Limit("/cgi-bin/material/add_material", 1_000, DAY),
    Limit("/cgi-bin/callback/check", 1_440, DAY),
    Limit("/cgi-bin/message/subscribe/send", 10_000_000, DAY),
    Limit("/wxa/getwxacodeunlimit", 5_000, MINUTE),
    Limit("/wxa/msg_sec_check", 4_000, MINUTE),
)


def limit(name: str, moment: datetime, within: timedelta | None = None) -> Limit:
    """Give the limit of this name that holds at a moment."""
    day = moment.astimezone(BEIJING).date()
    held = [each for each in LIMITS if each.name == name and each.since <= day]
    return max(
        (each for each in held if within in {None, each.within}), key=lambda each: each.since
    )


def amount(name: str, moment: datetime) -> int:
    """Give how many are allowed, where there is a limit."""
    allowed = limit(name, moment).amount
    assert allowed is not None, f"{name} has no limit"
    return allowed


def day_begin(moment: datetime) -> datetime:
    """Give the beginning of the day in Beijing."""
    return moment.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)


def month_begin(moment: datetime) -> datetime:
    """Give the beginning of the calendar month in Beijing."""
    return day_begin(moment).replace(day=1)


def minute_begin(moment: datetime) -> datetime:
    """Give the beginning of the minute."""
    return moment.replace(second=0, microsecond=0)
