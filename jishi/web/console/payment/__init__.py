"""Payment at the desk: what a shop is paid with at WeChat Pay."""

from jishi.web.console.payment.page import payment, retire, save

PAYMENT = (payment, save, retire)

__all__ = ["PAYMENT"]
