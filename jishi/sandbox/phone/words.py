"""What the phone's scripts say: handed to them in the reader's language."""

import msgspec

from jishi.pages.words import Words


def spoken(words: Words) -> str:
    """Give the scripts' words as JSON that may stand in a page."""
    _ = words.say
    said = {
        "copied": _("已复制"),
        "shared": _("已发送"),
        "posted": _("已发表"),
        "done": _("好了"),
        "failed": _("没有做成"),
        "offline": _("沙箱没有应答"),
        "no_code": _("没有认出二维码"),
        "no_picture": _("拿不到这张图片"),
        "not_reachable": _("这个地址在沙箱外面"),
        "program": _("小程序不在沙箱里运行"),
        "saved": _("已保存"),
        "scheme": _("手机会打开 {url}"),
        "bare": _("这个网页是从一条裸链接打开的，分享出去也只是一条链接。"),
        "recognise": _("识别图中的二维码"),
        "send_picture": _("发送给朋友"),
        "post_picture": _("分享到朋友圈"),
        "save_picture": _("保存图片"),
        "picture": _("图片"),
        "close": _("关闭"),
        "from": _("网页由 {host} 提供"),
        "calls": _("网页的调用"),
        "complained": _("投诉已提交"),
        "why_unknown_bill": _("没有这笔订单"),
        "why_unknown_payer": _("找不到付款人"),
        "why_not_yours": _("下单的人和付款的人不是同一个"),
        "why_password_locked": _("密码错了太多次，十分钟后再试"),
        "why_too_little": _("零钱不够"),
        "why_paid_already": _("这笔订单已经付过"),
        "why_closed": _("这笔订单已经关闭"),
        "why_expired": _("这笔订单过期了，请重新下单"),
        "why_wrong_password": _("支付密码错误"),
    }
    return msgspec.json.encode(said).decode().replace("<", "\\u003c")


def preview(words: Words, kind: str, shown: str) -> str:
    """Give the line that a list of chats shows of a message."""
    _ = words.say
    marks = {
        "image": _("[图片]"),
        "photo": _("[图片]"),
        "location": _("[位置]"),
        "place": _("[位置]"),
        "card": _("[链接]"),
        "link": _("[链接]"),
        "voice": _("[语音]"),
        "video": _("[视频]"),
        "shortvideo": _("[视频]"),
        "music": _("[音乐]"),
        "miniprogrampage": _("[小程序]"),
        "news": _("[图文]"),
        "mpnews": _("[图文]"),
    }
    return " ".join(part for part in (marks.get(kind, ""), shown) if part)
