"""What WeChat reports by itself: how a sending ended, what a trade waits for, what it punishes.

Sources: official accounts, "Template message event pushes", "Broadcasts", "Publishing event
pushes", "Subscription notice events"; mini programs, "Shipping information", "Penalty for
violation".
"""

from datetime import datetime

from msgspec import Struct, field


class _Happened(Struct, frozen=True, rename="pascal"):
    pass


class _Told(Struct, frozen=True):
    pass


class TemplateSent(_Happened, frozen=True):
    """A template message arrived, or did not.

    `status` is "success", "failed:user block" or "failed: system failed".
    """

    message_id: str = field(default="", name="MsgID")
    status: str = ""

    @property
    def is_delivered(self) -> bool:
        """Tell whether it arrived."""
        return self.status == "success"


class BroadcastSent(_Happened, frozen=True):
    """A broadcast ended: to how many it went, and how many it reached."""

    message_id: str = field(default="", name="MsgID")
    status: str = ""
    total_count: int = 0
    filter_count: int = 0
    sent_count: int = 0
    error_count: int = 0

    @property
    def is_delivered(self) -> bool:
        """Tell whether it was sent at all."""
        return self.status == "send success"


class PublishedArticle(_Told, frozen=True):
    """One article of a publication, counted from 1."""

    idx: int = 0
    article_url: str = ""


class PublishedArticles(_Told, frozen=True):
    """The articles of a publication."""

    count: int = 0
    item: tuple[PublishedArticle, ...] = ()


class Publication(_Told, frozen=True):
    """How a publication ended; `publish_status` as `publishing.PublishStatus` has it."""

    publish_id: str = ""
    publish_status: int = -1
    article_id: str = ""
    article_detail: PublishedArticles = PublishedArticles()
    fail_idx: tuple[int, ...] = ()


class Published(_Happened, frozen=True):
    """A publication ended, well or not."""

    publish_event_info: Publication = Publication()


class NoticeResult(_Happened, frozen=True):
    """Whether a subscription notice arrived; `error_code` 0 says yes."""

    template_id: str = ""
    message_id: str = field(default="", name="MsgID")
    error_code: int = 0
    error_status: str = ""


class NoticeSent(_Happened, frozen=True):
    """Subscription notices arrived, or did not."""

    results: tuple[NoticeResult, ...] = field(default=(), name="List")


class TradeReminder(_Told, frozen=True):
    """A mini program's order must be shipped, or its shipping interface be joined."""

    transaction_id: str = ""
    merchant_id: str = ""
    sub_merchant_id: str = ""
    merchant_trade_no: str = ""
    pay_time: datetime | None = None
    msg: str = ""


class OrderSettled(_Told, frozen=True):
    """A mini program's order goes on to its settlement; moments in UTC.

    `confirm_receive_method` is 1 when WeChat confirmed by itself, 2 when the person did.
    """

    transaction_id: str = ""
    merchant_id: str = ""
    sub_merchant_id: str = ""
    merchant_trade_no: str = ""
    pay_time: datetime | None = None
    shipped_time: datetime | None = None
    estimated_settlement_time: datetime | None = None
    confirm_receive_method: int = 0
    confirm_receive_time: datetime | None = None
    settlement_time: datetime | None = None


class Punished(_Told, frozen=True):
    """WeChat punishes the account; `detail` is JSON whose form follows from `event_type`."""

    event_type: int = 0
    punish_id: str = ""
    appid: str = ""
    punish_time: datetime | None = None
    illegal_reason: str = ""
    illegal_content: str = ""
    rule_name: str = ""
    rule_url: str = ""
    adjust_guide_url: str = ""
    detail: str = ""
