"""Trade: orders, from the shelf to the buyer. Its verbs are its files.

An order awaits its payment with its stock set aside; paid, it is `paid`, whatever else was
begun meanwhile. When it is cancelled or its time is over it
is `closing` until nothing can be paid on it any more, and only then `closed`, its stock back.
"""

from jishi.trade import expiry, feed, forgetting, news, reactions, views
from jishi.trade.accept_free_order import AcceptFreeOrder, FreeOrderAccepted
from jishi.trade.ask_invoice import AskInvoice, InvoiceAsked
from jishi.trade.call_off_order import CallOffOrder, OrderCalledOff
from jishi.trade.cancel_order import CancelOrder, OrderCancelled
from jishi.trade.carts import CartLine
from jishi.trade.change_address import AddressChanged, ChangeAddress
from jishi.trade.change_cart import CartChanged, ChangeCart
from jishi.trade.change_price import ChangePrice, PriceChanged
from jishi.trade.close_order import CloseOrder, OrderClosed
from jishi.trade.combine_payment import CombinePayment, PaymentCombined
from jishi.trade.expire_order import ExpireOrder, OrderExpired
from jishi.trade.forget_remarks import ForgetRemarks, RemarksForgotten
from jishi.trade.invoicing import views as invoicing
from jishi.trade.issue_invoice import InvoiceIssued, IssueInvoice
from jishi.trade.look_for_payment import LookForPayment, PaymentLookedFor
from jishi.trade.merge_carts import CartsMerged, MergeCarts
from jishi.trade.mine import views as mine
from jishi.trade.note_order import NoteOrder, OrderNoted
from jishi.trade.open_purchase import OpenPurchase, PurchaseOpened
from jishi.trade.pay_together import Payee, Together, combined_of, pay_together, withdraw_parts
from jishi.trade.place_order import OrderPlaced, PlaceOrder
from jishi.trade.purchase import CANCELLATIONS, NotPurchased, Purchased, place_all
from jishi.trade.put_in_cart import PutInCart, PutIntoCart
from jishi.trade.selling import views as selling
from jishi.trade.set_freight import FreightSet, SetFreight
from jishi.trade.set_same_city import SameCitySet, SetSameCity
from jishi.trade.show_invoice import InvoiceShown, ShowInvoice
from jishi.trade.start_payment import PaymentStarted, StartPayment
from jishi.trade.take_payment import PaymentTaken, TakePayment
from jishi.trade.types import Destination, Line, PurchasePart
from jishi.trade.withdraw_payment import PaymentWithdrawn, WithdrawPayment

__all__ = [
    "CANCELLATIONS",
    "AcceptFreeOrder",
    "AddressChanged",
    "AskInvoice",
    "CallOffOrder",
    "CancelOrder",
    "CartChanged",
    "CartLine",
    "CartsMerged",
    "ChangeAddress",
    "ChangeCart",
    "ChangePrice",
    "CloseOrder",
    "CombinePayment",
    "Destination",
    "ExpireOrder",
    "ForgetRemarks",
    "FreeOrderAccepted",
    "FreightSet",
    "InvoiceAsked",
    "InvoiceIssued",
    "InvoiceShown",
    "IssueInvoice",
    "Line",
    "LookForPayment",
    "MergeCarts",
    "NotPurchased",
    "NoteOrder",
    "OpenPurchase",
    "OrderCalledOff",
    "OrderCancelled",
    "OrderClosed",
    "OrderExpired",
    "OrderNoted",
    "OrderPlaced",
    "Payee",
    "PaymentCombined",
    "PaymentLookedFor",
    "PaymentStarted",
    "PaymentTaken",
    "PaymentWithdrawn",
    "PlaceOrder",
    "PriceChanged",
    "PurchaseOpened",
    "PurchasePart",
    "Purchased",
    "PutInCart",
    "PutIntoCart",
    "RemarksForgotten",
    "SameCitySet",
    "SetFreight",
    "SetSameCity",
    "ShowInvoice",
    "StartPayment",
    "TakePayment",
    "Together",
    "WithdrawPayment",
    "combined_of",
    "expiry",
    "feed",
    "forgetting",
    "invoicing",
    "mine",
    "news",
    "pay_together",
    "place_all",
    "reactions",
    "same_city",
    "selling",
    "views",
    "withdraw_parts",
]
