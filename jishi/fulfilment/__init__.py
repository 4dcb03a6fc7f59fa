"""Fulfilment: paid goods on their way to the buyer. Its verbs are its files.

What is picked up in a store is handed out for a code, once. What is sent goes in parcels, each
line's units once; their carriers are asked where they are. What is brought within its city goes
out with a courier. Both are received by hand, or by itself after ten days.
"""

from jishi.fulfilment import (
    asking,
    forgetting,
    news,
    parcels,
    pickup,
    reactions,
    receipt,
    same_city,
    tracking,
    views,
)
from jishi.fulfilment.check_voucher import CheckVoucher, VoucherChecked
from jishi.fulfilment.confirm_receipt import ConfirmReceipt, ReceiptConfirmed
from jishi.fulfilment.correct_parcel import CorrectParcel, ParcelCorrected
from jishi.fulfilment.finish_shipping import FinishShipping, ShippingFinished
from jishi.fulfilment.forget_scans import ForgetScans, ScansForgotten
from jishi.fulfilment.issue_voucher import IssueVoucher, VoucherIssued
from jishi.fulfilment.parcels.types import Packed
from jishi.fulfilment.redeem_voucher import RedeemVoucher, VoucherRedeemed
from jishi.fulfilment.send_out import OrderSentOut, SendOut
from jishi.fulfilment.ship_parcel import ParcelShipped, ShipParcel
from jishi.fulfilment.track_parcel import ParcelTracked, TrackParcel
from jishi.fulfilment.unmask_address import MAY_SEE, AddressUnmasked, UnmaskAddress
from jishi.fulfilment.withheld import Withheld, withhold

__all__ = [
    "MAY_SEE",
    "AddressUnmasked",
    "CheckVoucher",
    "ConfirmReceipt",
    "CorrectParcel",
    "FinishShipping",
    "ForgetScans",
    "IssueVoucher",
    "OrderSentOut",
    "Packed",
    "ParcelCorrected",
    "ParcelShipped",
    "ParcelTracked",
    "ReceiptConfirmed",
    "RedeemVoucher",
    "ScansForgotten",
    "SendOut",
    "ShipParcel",
    "ShippingFinished",
    "TrackParcel",
    "UnmaskAddress",
    "VoucherChecked",
    "VoucherIssued",
    "VoucherRedeemed",
    "Withheld",
    "asking",
    "forgetting",
    "news",
    "parcels",
    "pickup",
    "reactions",
    "receipt",
    "same_city",
    "tracking",
    "views",
    "withhold",
]
