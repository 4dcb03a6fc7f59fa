"""The live client and the sandbox understand each other: sharing, transfers, complaints."""

from collections.abc import Callable
from datetime import datetime

import pytest

from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.pay import complaints, sharing, transfers
from jishi.ports.wechat.pay.notices import ComplaintMoved, ShareMoved, TransferEnded
from jishi.ports.wechat.pay.page import transfer_page
from jishi.ports.wechat.pay.wire import CHINA
from tests.ports.wechat.pay.sharers import parts, shareable
from tests.ports.wechat.pay.shop import Shop, Work, number

Visit = Callable[[Work], None]


def test_a_payment_is_shared_told_returned_and_unfrozen(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        merchant, paid = shop.merchant, await shareable(shop)
        asked = parts(shop, paid)
        begun = await sharing.share(merchant, asked)
        assert (begun.state, begun.out_order_no) == ("PROCESSING", asked.out_order_no)
        assert (await sharing.share(merchant, asked)).order_id == begun.order_id
        await shop.scene.advance(60)
        done = await sharing.query_sharing(merchant, asked.out_order_no, paid.transaction_id)
        assert done.state == "FINISHED"
        told = [(each.account, each.amount_fen, each.result) for each in done.receivers]
        assert sorted(told) == sorted(
            [(shop.other.mchid, 100, "SUCCESS"), (shop.openid, 50, "SUCCESS")]
        )
        moved = [each.happening for each in shop.server.notices()]
        shares = [each for each in moved if isinstance(each, ShareMoved)]
        assert sorted(each.receiver.amount_fen for each in shares) == [50, 100]
        left = await sharing.query_unsplit(merchant, paid.transaction_id)
        assert left.unsplit_fen == 1_299 - 150
        back = sharing.ReturnAsked(
            out_order_no=asked.out_order_no,
            out_return_no=number(),
            return_mchid=shop.other.mchid,
            amount_fen=40,
            description="退货",
        )
        assert (await sharing.ask_return(merchant, back)).result in {"PROCESSING", "SUCCESS"}
        await shop.scene.advance(60)
        returned = await sharing.query_return(merchant, back.out_return_no, asked.out_order_no)
        assert (returned.result, returned.amount_fen) == ("SUCCESS", 40)
        rest = sharing.Unfreezing(
            transaction_id=paid.transaction_id, out_order_no=number(), description="余款"
        )
        assert (await sharing.unfreeze(merchant, rest)).transaction_id == paid.transaction_id
        await shop.scene.advance(60)
        assert (await sharing.query_unsplit(merchant, paid.transaction_id)).unsplit_fen == 0

    visit(work)


def test_a_part_that_fails_says_why(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        paid = await shareable(shop)
        await shop.scene.arm("sharing_partial")
        asked = parts(shop, paid)
        await sharing.share(shop.merchant, asked)
        await shop.scene.advance(60)
        done = await sharing.query_sharing(shop.merchant, asked.out_order_no, paid.transaction_id)
        assert done.state == "FINISHED"
        closed = [each for each in done.receivers if each.result == "CLOSED"]
        assert closed
        assert all(each.fail_reason for each in closed)

    visit(work)


def test_who_was_deleted_receives_no_more(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        paid = await shareable(shop)
        gone = sharing.FormerReceiver(
            appid=shop.appid, type="MERCHANT_ID", account=shop.other.mchid
        )
        assert (await sharing.delete_receiver(shop.merchant, gone)).account == shop.other.mchid
        with pytest.raises(AnsweredWithError) as failure:
            await sharing.share(shop.merchant, parts(shop, paid))
        assert failure.value.error.code == "INVALID_REQUEST"
        assert failure.value.is_certain

    visit(work)


def transfer(
    shop: Shop, amount_fen: int = 5_000, name: str | None = None
) -> transfers.TransferAsked:
    """Give a transfer of commission to the first person."""
    return transfers.TransferAsked(
        appid=shop.appid, out_bill_no=number(), openid=shop.openid, amount_fen=amount_fen,
        transfer_remark="九月佣金", transfer_scene_id="1005", user_recv_perception="劳务报酬",
        transfer_scene_report_infos=[
            transfers.SceneReport("岗位类型", "推广员"),
            transfers.SceneReport("报酬说明", "九月推广佣金"),
        ],
        user_name=name, notify_url=shop.notify_url(shop.merchant),
    )  # fmt: skip


def test_a_transfer_is_confirmed_and_told(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        person = shop.scene.people[0]
        asked = transfer(shop, 300_000, person.name)
        begun = await transfers.start_transfer(shop.merchant, asked)
        assert begun.state == "WAIT_USER_CONFIRM"
        page = transfer_page(shop.merchant, shop.appid, begun.package_info)
        await shop.scene.control(
            "POST",
            "/sandbox/transfers/confirmation",
            {"package_info": page.package, "person_id": person.person_id},
        )
        await shop.scene.advance(60)
        done = await transfers.query_transfer(shop.merchant, asked.out_bill_no)
        assert (done.state, done.amount_fen) == ("SUCCESS", 300_000)
        same = await transfers.query_transfer_bill(shop.merchant, begun.transfer_bill_no)
        assert same == done
        [ended] = [
            each.happening
            for each in shop.server.notices()
            if isinstance(each.happening, TransferEnded)
        ]
        assert (ended.out_bill_no, ended.state) == (asked.out_bill_no, "SUCCESS")
        assert ended.amount_fen == 300_000

    visit(work)


def test_a_transfer_is_taken_back_or_lapses(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        first, second = transfer(shop), transfer(shop)
        for asked in (first, second):
            await transfers.start_transfer(shop.merchant, asked)
        taken = await transfers.cancel_transfer(shop.merchant, first.out_bill_no)
        assert taken.state in {"CANCELING", "CANCELLED"}
        await shop.scene.advance(25 * 3_600)
        states = [
            (await transfers.query_transfer(shop.merchant, each.out_bill_no)).state
            for each in (first, second)
        ]
        assert states == ["CANCELLED", "FAIL"]
        ended = [each.happening for each in shop.server.notices()]
        assert {each.state for each in ended if isinstance(each, TransferEnded)} == {
            "CANCELLED",
            "FAIL",
        }

    visit(work)


def test_a_transfer_asked_for_twice_is_one(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        asked = transfer(shop, name=shop.scene.people[0].name)
        first = await transfers.start_transfer(shop.merchant, asked)
        again = await transfers.start_transfer(shop.merchant, asked)
        assert again.transfer_bill_no == first.transfer_bill_no
        with pytest.raises(AnsweredWithError) as failure:
            await transfers.start_transfer(shop.merchant, transfer(shop, name="别人"))
        assert failure.value.is_certain

    visit(work)


def test_a_complaint_is_told_answered_and_dealt_with(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        merchant, url = shop.merchant, shop.notify_url(shop.merchant)
        _, paid = await shop.paid()
        assert (await complaints.set_address(merchant, url)).url == url
        assert (await complaints.change_address(merchant, url)).mchid == merchant.mchid
        assert (await complaints.show_address(merchant)).url == url
        said = await shop.scene.control(
            "POST",
            "/sandbox/complaints",
            {
                "transaction_id": paid.transaction_id,
                "detail": "少了一罐",
                "problem_type": "REFUND",
                "apply_refund_fen": 300,
            },
        )
        number_of = said["complaint_id"]
        told = [each.happening for each in await shop.told()]
        assert ComplaintMoved(complaint_id=number_of, action_type="CREATE_COMPLAINT") in told
        today = datetime.fromisoformat(
            (await shop.scene.control("GET", "/sandbox/clock"))["now"]
        ).astimezone(CHINA)
        page = await complaints.list_complaints(merchant, today.date(), today.date())
        [listed] = [each for each in page.data if each.complaint_id == number_of]
        found = await complaints.show_complaint(merchant, number_of)
        assert found == listed
        assert (found.detail, found.state, found.asked_refund_fen) == ("少了一罐", "PENDING", 300)
        assert found.payer_phone == shop.scene.people[0].phone
        assert found.orders[0].transaction_id == paid.transaction_id
        await complaints.reply(
            merchant, number_of, complaints.Reply(mchid=merchant.mchid, content="已补发")
        )
        decision = complaints.RefundDecision(action="APPROVE", launch_refund_days=0)
        await complaints.decide_refund(merchant, number_of, decision)
        await complaints.complete(merchant, number_of)
        assert (await complaints.show_complaint(merchant, number_of)).state == "PROCESSED"
        steps = await complaints.list_negotiations(merchant, number_of)
        assert "已补发" in {each.details for each in steps.data}
        await complaints.forget_address(merchant)
        with pytest.raises(AnsweredWithError) as failure:
            await complaints.show_address(merchant)
        assert failure.value.error.status == 404

    visit(work)
