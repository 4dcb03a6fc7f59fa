"""The fault menu: what can go wrong at WeChat, armed for the next calls or at a rate."""

import random
from datetime import datetime

import msgspec
from msgspec import Struct

from jishi.kernel import Tx, queries


class Kind(Struct, frozen=True):
    """A fault on the menu: its name, what it does (Chinese, English) and what may be set."""

    name: str
    place: str
    zh: str
    en: str
    settings: tuple[str, ...] = ()


CALL, NOTICE, DEED = "call", "notice", "deed"
KINDS = (
    Kind("slow", CALL, "应答很慢", "Answer slowly", ("seconds",)),
    Kind("rate_limited", CALL, "频率超限(429/45009)", "Say that calls are too frequent (429)"),
    Kind("system_error", CALL, "系统错误(500/-1)", "Fail as a system (500)"),
    Kind("dropped", CALL, "已处理但应答丢失", "Do it, and lose the answer"),
    Kind("bad_signature", CALL, "应答签名错误", "Sign the answer wrongly"),
    Kind("key_rotated", NOTICE, "通知途中更换平台证书", "Rotate the platform key mid-flight"),
    Kind("probe", NOTICE, "先发一个签名探测", "Send a signature probe first"),
    Kind("replay", NOTICE, "重放一条旧通知", "Replay an old notification"),
    Kind("duplicate", NOTICE, "同一通知发两次", "Send it twice"),
    Kind("out_of_order", NOTICE, "后发先至", "Let a later one overtake it"),
    Kind("delayed", NOTICE, "延迟发送", "Send it late", ("seconds",)),
    Kind("lost", NOTICE, "丢失一次", "Lose it once"),
    Kind("refund_abnormal", DEED, "退款处理中后变为异常", "Turn a refund ABNORMAL"),
    Kind("sharing_partial", DEED, "分账部分失败", "Fail a part of a profit sharing"),
    Kind("transfer_unconfirmed", DEED, "转账无人确认", "Leave a transfer unconfirmed"),
    Kind("bill_mismatch", DEED, "账单不符", "Make a bill differ", ("how",)),
    Kind("token_invalidated", CALL, "令牌被别的进程作废", "Kill the token by another process"),
    Kind("authorization_revoked", CALL, "用户撤回授权", "Revoke an authorisation"),
    Kind("quota_exceeded", CALL, "配额用尽", "Exceed a quota"),
)
NAMES = {kind.name for kind in KINDS}


class Fault(Struct, frozen=True):
    """A fault that happens now."""

    kind: str
    operation: str
    settings: dict[str, str]

    def seconds(self, otherwise: int) -> int:
        """Give how long, in seconds."""
        asked = self.settings.get("seconds", "")
        return int(asked) if asked.isascii() and asked.isdigit() else otherwise


class Armed(Struct, frozen=True):
    """A fault that waits. `times_left` is none for ever; `percent` is how often it strikes."""

    fault_id: int
    kind: str
    operation: str
    times_left: int | None
    percent: int
    settings: str
    armed_at: datetime


sql = queries(__file__)
all_armed = sql.many("all_armed", Armed)
arm = sql.one("arm", Armed)
strike = sql.run("strike")
disarm = sql.run("disarm")


class Faults:
    """The faults that wait, in memory; how often they struck is written down by and by."""

    def __init__(self, luck: random.Random) -> None:
        self.luck, self.armed, self.struck = luck, list[Armed](), dict[int, int]()

    async def load(self, tx: Tx) -> None:
        """Take up what is armed."""
        self.armed = await all_armed(tx)

    def hit(self, kind: str, operation: str) -> Fault | None:
        """Give the fault that strikes here, if one does; it has one time less then."""
        for place, fault in enumerate(self.armed):
            if fault.kind != kind or fault.operation not in {"", operation}:
                continue
            if self.luck.randrange(100) >= fault.percent:
                continue
            if fault.times_left is not None:
                self.struck[fault.fault_id] = self.struck.get(fault.fault_id, 0) + 1
                left = msgspec.structs.replace(fault, times_left=fault.times_left - 1)
                self.armed[place : place + 1] = [left] if left.times_left else []
            settings = msgspec.json.decode(fault.settings, type=dict[str, str])
            return Fault(kind, operation, settings)
        return None

    async def write_down(self, tx: Tx) -> None:
        """Keep what struck since the last time."""
        struck, self.struck = self.struck, {}
        if struck:
            await strike(tx, fault_ids=list(struck), times=list(struck.values()))
