"""What a mini program may tell of shipping, in the order in which it is refused.

Source: mini programs, "Shipping information management", sections 1 and 2.
"""

import re
from datetime import datetime

from msgspec import Struct

from jishi.sandbox.answers import Lenient

BAD_LOGISTICS, SPLIT_BUT_NO_COURIER, NO_IS_ALL, NO_ITEMS, ITEMS_TOO_LONG = (
    10060005, 10060006, 10060007, 10060008, 10060009,
)  # fmt: skip
BAD_PARAMETER, TOO_MANY, COMPANY_TOO_LONG, NUMBER_TOO_LONG = (
    10060014, 10060024, 10060025, 10060026,
)  # fmt: skip
BAD_TIME, BAD_MODE = 268485216, 268485224
COURIER, SAME_CITY, VIRTUAL, PICK_UP = 1, 2, 3, 4
UNIFIED, SPLIT = 1, 2
PARCELS_MAX, ITEMS_MAX, NUMBER_MAX, COMPANY_MAX = 15, 120, 128, 128
CONTACT_NEEDED = {"SF"}
RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})")
MASKED = re.compile(r".*\d{4}")


class Contact(Lenient, frozen=True, omit_defaults=True):
    """Who sends or receives, masked but for the last four digits."""

    consignor_contact: str = ""
    receiver_contact: str = ""


class Parcel(Lenient, frozen=True, omit_defaults=True):
    """A parcel: its number, its carrier, what is in it."""

    item_desc: str = ""
    tracking_no: str = ""
    express_company: str = ""
    contact: Contact | None = None


class Details(Struct, frozen=True):
    """What was told of the shipping of an order."""

    logistics_type: int
    delivery_mode: int
    shipping_list: list[Parcel]


def moment(text: str) -> datetime | None:
    """Read a moment with its offset (RFC 3339); none when it is not one."""
    if not RFC3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def reason_against(details: Details, *, is_all_delivered: bool | None) -> int | None:  # noqa: PLR0911 - one a reason
    """Give the number of the first reason not to take this, or none."""
    if details.logistics_type not in {COURIER, SAME_CITY, VIRTUAL, PICK_UP}:
        return BAD_LOGISTICS
    if details.delivery_mode not in {UNIFIED, SPLIT}:
        return BAD_MODE
    if details.delivery_mode == SPLIT:
        if details.logistics_type != COURIER:
            return SPLIT_BUT_NO_COURIER
        if is_all_delivered is None:
            return NO_IS_ALL
    parcels_max = PARCELS_MAX if details.delivery_mode == SPLIT else 1
    if len(details.shipping_list) > parcels_max:
        return TOO_MANY
    if not details.shipping_list:
        return BAD_PARAMETER
    for parcel in details.shipping_list:
        if refused := _reason_against_parcel(parcel, details.logistics_type):
            return refused
    return None


def _reason_against_parcel(parcel: Parcel, logistics_type: int) -> int | None:  # noqa: PLR0911 - one a reason
    if not parcel.item_desc.strip():
        return NO_ITEMS
    if len(parcel.item_desc) > ITEMS_MAX:
        return ITEMS_TOO_LONG
    if logistics_type != COURIER:
        return None
    if not (parcel.tracking_no and parcel.express_company):
        return BAD_PARAMETER
    if len(parcel.tracking_no.encode()) > NUMBER_MAX:
        return NUMBER_TOO_LONG
    if len(parcel.express_company.encode()) > COMPANY_MAX:
        return COMPANY_TOO_LONG
    contact = parcel.contact or Contact()
    told = [each for each in (contact.consignor_contact, contact.receiver_contact) if each]
    if any(not MASKED.fullmatch(each) for each in told):
        return BAD_PARAMETER
    is_needed = parcel.express_company in CONTACT_NEEDED
    return BAD_PARAMETER if is_needed and not told else None
