"""What WeChat asks of us by itself: each call is believed for its signature, and nothing else."""

from jishi.web.platform.pay import pay_notice, shop_pay_notice

CALLS = (pay_notice, shop_pay_notice)

__all__ = ["CALLS"]
