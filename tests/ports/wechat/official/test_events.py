"""The samples of WeChat's documentation become typed messages and events."""

from datetime import UTC, datetime

import pytest

from jishi.ports.wechat.official import deeds, events, messages, reports
from jishi.ports.wechat.official.push import read_push
from tests.ports.wechat.official.pushes import event, json_event, message

SCAN = "<ScanType><![CDATA[qrcode]]></ScanType><ScanResult><![CDATA[2]]></ScanResult>"
PIC = "<item><PicMd5Sum><![CDATA[1b5f]]></PicMd5Sum></item>"
CHOICE = (
    "<TemplateId>T1</TemplateId><SubscribeStatusString>accept</SubscribeStatusString>"
    "<PopupScene>2</PopupScene>"
)
PAID = datetime.fromtimestamp(1_627_359_464, UTC)

MESSAGES: list[tuple[str, str, messages.Message]] = [
    ("text", "<Content>hi</Content>", messages.Text("hi")),
    (
        "text",
        "<Content>yes</Content><bizmsgmenuid>101</bizmsgmenuid>",
        messages.Text("yes", "101"),
    ),
    ("image", "<PicUrl>u</PicUrl><MediaId>m</MediaId>", messages.Image("u", "m")),
    ("voice", "<MediaId>m</MediaId><Format>amr</Format>", messages.Voice("m", "amr")),
    ("video", "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>", messages.Video("m", "t")),
    ("shortvideo", "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>", messages.Video("m", "t")),
    (
        "location",
        (
            "<Location_X>23.134521</Location_X><Location_Y>113.358803</Location_Y><Scale>20</Scale>"
            "<Label>here</Label>"
        ),
        messages.Place(23.134521, 113.358803, 20, "here"),
    ),
    (
        "link",
        "<Title>t</Title><Description>d</Description><Url>u</Url>",
        messages.Link("t", "d", "u"),
    ),
    (
        "miniprogrampage",
        (
            "<Title>t</Title><AppId>a</AppId><PagePath>p</PagePath><ThumbUrl>u</ThumbUrl>"
            "<ThumbMediaId>m</ThumbMediaId>"
        ),
        messages.MiniProgramCard("t", "a", "p", "u", "m"),
    ),
]
EVENTS: list[tuple[str, str, events.Event]] = [
    ("subscribe", "<EventKey></EventKey>", deeds.Followed()),
    (
        "subscribe",
        "<EventKey><![CDATA[qrscene_123123]]></EventKey><Ticket>T</Ticket>",
        deeds.Followed("qrscene_123123", "T"),
    ),
    ("unsubscribe", "", deeds.Unfollowed()),
    ("SCAN", "<EventKey>shop 7</EventKey><Ticket>T</Ticket>", deeds.Scanned("shop 7", "T")),
    (
        "LOCATION",
        (
            "<Latitude>23.137466</Latitude><Longitude>113.352425</Longitude>"
            "<Precision>119.385040</Precision>"
        ),
        deeds.PlaceReported(23.137466, 113.352425, 119.38504),
    ),
    ("CLICK", "<EventKey>K</EventKey>", deeds.MenuTapped("K")),
    (
        "VIEW",
        "<EventKey>www.qq.com</EventKey><MenuId>9</MenuId>",
        deeds.MenuLinkOpened("www.qq.com", "9"),
    ),
    ("view_miniprogram", "<EventKey>pages/a</EventKey>", deeds.MenuLinkOpened("pages/a")),
    (
        "scancode_waitmsg",
        f"<EventKey>6</EventKey><ScanCodeInfo>{SCAN}</ScanCodeInfo>",
        deeds.CodeScanned("6", deeds.ScanResult("qrcode", "2")),
    ),
    (
        "pic_sysphoto",
        (
            f"<EventKey>6</EventKey><SendPicsInfo><Count>1</Count><PicList>{PIC}</PicList>"
            "</SendPicsInfo>"
        ),
        deeds.PicturesPicked(
            "6", deeds.PicturesChosen(1, deeds.PictureDigests((deeds.PictureDigest("1b5f"),)))
        ),
    ),
    (
        "pic_weixin",
        "<EventKey>6</EventKey><SendPicsInfo><Count>0</Count><PicList></PicList></SendPicsInfo>",
        deeds.PicturesPicked("6"),
    ),
    (
        "location_select",
        (
            "<EventKey>6</EventKey><SendLocationInfo><Location_X>23</Location_X>"
            "<Location_Y>113</Location_Y><Scale>15</Scale><Label>L</Label><Poiname>P</Poiname>"
            "</SendLocationInfo>"
        ),
        deeds.PlacePicked("6", deeds.PlaceChosen(23.0, 113.0, 15, "L", "P")),
    ),
    ("user_enter_tempsession", "<SessionFrom>buy</SessionFrom>", deeds.ChatEntered("buy")),
    (
        "TEMPLATESENDJOBFINISH",
        "<MsgID>200163836</MsgID><Status>success</Status>",
        reports.TemplateSent("200163836", "success"),
    ),
    (
        "MASSSENDJOBFINISH",
        (
            "<MsgID>1000001625</MsgID><Status>err(30003)</Status><TotalCount>4</TotalCount>"
            "<FilterCount>3</FilterCount><SentCount>2</SentCount><ErrorCount>1</ErrorCount>"
            "<CopyrightCheckResult><Count>2</Count><ResultList><item><ArticleIdx>1</ArticleIdx></item>"
            "</ResultList></CopyrightCheckResult>"
        ),
        reports.BroadcastSent("1000001625", "err(30003)", 4, 3, 2, 1),
    ),
    (
        "PUBLISHJOBFINISH",
        (
            "<PublishEventInfo><publish_id>2247503051</publish_id><publish_status>0</publish_status>"
            "<article_id>b5O2</article_id><article_detail><count>1</count><item><idx>1</idx>"
            "<article_url>U</article_url></item></article_detail></PublishEventInfo>"
        ),
        reports.Published(
            reports.Publication(
                "2247503051",
                0,
                "b5O2",
                reports.PublishedArticles(1, (reports.PublishedArticle(1, "U"),)),
            )
        ),
    ),
    (
        "PUBLISHJOBFINISH",
        (
            "<PublishEventInfo><publish_id>1</publish_id><publish_status>2</publish_status>"
            "<fail_idx>1</fail_idx><fail_idx>2</fail_idx></PublishEventInfo>"
        ),
        reports.Published(reports.Publication("1", 2, fail_idx=(1, 2))),
    ),
    (
        "subscribe_msg_popup_event",
        f"<SubscribeMsgPopupEvent><List>{CHOICE}</List></SubscribeMsgPopupEvent>",
        deeds.NoticesAnswered((deeds.NoticeChoice("T1", "accept", "2"),)),
    ),
    (
        "subscribe_msg_change_event",
        (
            "<SubscribeMsgChangeEvent><List><TemplateId>T1</TemplateId>"
            "<SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgChangeEvent>"
        ),
        deeds.NoticesChanged((deeds.NoticeChoice("T1", "reject"),)),
    ),
    (
        "subscribe_msg_sent_event",
        (
            "<SubscribeMsgSentEvent><List><TemplateId>T1</TemplateId><MsgID>1700</MsgID>"
            "<ErrorCode>0</ErrorCode><ErrorStatus>success</ErrorStatus></List>"
            "</SubscribeMsgSentEvent>"
        ),
        reports.NoticeSent((reports.NoticeResult("T1", "1700", 0, "success"),)),
    ),
    (
        "user_authorization_revoke",
        "<OpenID>o2</OpenID><AppID>wx1</AppID><RevokeInfo>201</RevokeInfo>",
        deeds.AuthorizationChanged("o2", "", "wx1", "201"),
    ),
    (
        "trade_manage_remind_access_api",
        "<msg>join</msg>",
        reports.TradeReminder(msg="join"),
    ),
    (
        "trade_manage_order_settlement",
        (
            "<transaction_id>4</transaction_id><pay_time>1627359464</pay_time>"
            "<confirm_receive_method>2</confirm_receive_method>"
        ),
        reports.OrderSettled("4", pay_time=PAID, confirm_receive_method=2),
    ),
    (
        "wxa_punish_event",
        (
            "<event_type>1</event_type><punish_id>P</punish_id><appid>wx1</appid>"
            "<punish_time>1627359464</punish_time><rule_name>R</rule_name><detail>{}</detail>"
        ),
        reports.Punished(1, "P", "wx1", PAID, rule_name="R", detail="{}"),
    ),
]


@pytest.mark.parametrize(("kind", "inside", "said"), MESSAGES)
def test_a_message_of_the_documentation_is_typed(
    kind: str, inside: str, said: messages.Message
) -> None:
    assert read_push(message(kind, inside)).content == said


@pytest.mark.parametrize(("name", "inside", "happened"), EVENTS)
def test_an_event_of_the_documentation_is_typed(
    name: str, inside: str, happened: events.Event
) -> None:
    push = read_push(event(name, inside))
    assert (push.kind, push.event, push.content) == ("event", name, happened)


def test_every_event_that_has_a_type_was_looked_at() -> None:
    twins = {"scancode_push", "pic_photo_or_album", "trade_manage_remind_shipping"}
    twins |= {"user_info_modified", "user_authorization_cancellation"}
    assert {name for name, _, _ in EVENTS} | twins == set(events.EVENTS)


def test_events_in_json_are_the_same() -> None:
    push = read_push(
        json_event("user_authorization_revoke", **{" OpenID": "o2", "RevokeInfo": "8"})
    )
    assert push.content == deeds.AuthorizationChanged("o2", revoked="8")
    assert push.is_json
    choice = {"TemplateId": "T1", "SubscribeStatusString": "accept", "PopupScene": 0}
    answered = deeds.NoticesAnswered((deeds.NoticeChoice("T1", "accept", "0"),))
    assert read_push(json_event("subscribe_msg_popup_event", List=[choice])).content == answered
    assert read_push(json_event("subscribe_msg_popup_event", List=choice)).content == answered
    shipped = read_push(json_event("trade_manage_remind_shipping", pay_time=1_627_359_464))
    assert shipped.content == reports.TradeReminder(pay_time=PAID)


def test_what_events_mean_is_asked_of_them() -> None:
    assert deeds.Followed("qrscene_7").scene == "7"
    assert deeds.Followed("last_trade_no_4200").scene == ""
    assert reports.TemplateSent("1", "success").is_delivered
    assert not reports.TemplateSent("1", "failed:user block").is_delivered
    assert reports.BroadcastSent("1", "send success").is_delivered
    assert not reports.BroadcastSent("1", "send fail").is_delivered
    assert deeds.NoticeChoice("T", "accept").is_accepted
    assert not deeds.NoticeChoice("T", "reject").is_accepted
