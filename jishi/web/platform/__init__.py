"""What WeChat asks of us by itself: each call is believed for its signature, and nothing else."""

from jishi.web.platform.pay import pay_notice, shop_pay_notice
from jishi.web.platform.pushes import answer_check, take_push

CALLS = (pay_notice, shop_pay_notice, answer_check, take_push)

__all__ = ["CALLS"]
