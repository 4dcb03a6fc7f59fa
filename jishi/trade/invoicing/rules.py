"""The rules of invoices: whose they may be, and how their numbers look."""

import re

KINDS = ("personal", "company")
STATES = frozenset({
    "paid", "partly_shipped", "shipped", "ready_for_pickup", "received", "completed",
})  # fmt: skip
"""An invoice is of an order that is paid, and not given back."""

TITLE_CHARACTERS_MAX, MAIL_CHARACTERS_MAX = 100, 100
SEALED_BYTES_MIN, SEALED_BYTES_MAX = 29, 2_000
WISHES_MAX = 10
TAX_NUMBER = re.compile(r"[0-9A-Z]{15,20}")
"""A unified social credit code has 18 characters (GB 32100-2015); older tax numbers 15 to 20."""

INVOICE_NUMBER = re.compile(r"[0-9]{8,20}")
"""A fully digital invoice has 20 digits, an older one 8."""


def is_tax_number(text: str) -> bool:
    """Tell whether this may be the tax number of a company."""
    return TAX_NUMBER.fullmatch(text) is not None


def is_invoice_number(text: str) -> bool:
    """Tell whether this may be the number of an invoice."""
    return INVOICE_NUMBER.fullmatch(text) is not None
