"""A person answers a page that asks to send notices, or takes an answer back."""

from collections.abc import Sequence

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.official.consents import consent, withdraw
from jishi.sandbox.official.meeting import Meeting, Undone, meet
from jishi.sandbox.official.push import push_event
from jishi.sandbox.official.push_text import Fields, Rows

ACCEPT, REJECT = "accept", "reject"
FROM_PAGE = 1


class Answered(Struct, frozen=True):
    """What was answered: each template, and `accept` or `reject`."""

    answers: dict[str, str]


class Asked(Struct, frozen=True):
    """A template that may be asked for."""

    template_id: str


sql = queries(__file__)
askable = sql.many("askable", Asked)


async def accept_subscription(  # noqa: PLR0913, PLR0917 - it has so many parts
    tx: Tx, person_id: int, appid: str, template_ids: Sequence[str],
    rejected: Sequence[str] = (), popup_scene: int = FROM_PAGE,
) -> Answered | Undone:  # fmt: skip
    """Allow one message of each of these templates, and refuse others."""
    found = await meet(tx, person_id, appid)
    if isinstance(found, Undone):
        return found
    if not await _are_askable(tx, appid, [*template_ids, *rejected]):
        return Undone("no_template")
    await consent(tx, appid, person_id, template_ids)
    answers = dict.fromkeys(template_ids, ACCEPT) | dict.fromkeys(rejected, REJECT)
    rows = tuple(_row(each, word, popup_scene) for each, word in answers.items())
    await _tell(tx, found, "subscribe_msg_popup_event", "SubscribeMsgPopupEvent", rows)
    return Answered(answers)


async def withdraw_subscription(
    tx: Tx, person_id: int, appid: str, template_ids: Sequence[str]
) -> Answered | Undone:
    """Take one's word back for these templates."""
    found = await meet(tx, person_id, appid)
    if isinstance(found, Undone):
        return found
    if not await _are_askable(tx, appid, template_ids):
        return Undone("no_template")
    await withdraw(tx, appid=appid, person_id=person_id, template_ids=template_ids)
    rows = tuple(_row(each, REJECT, None) for each in template_ids)
    await _tell(tx, found, "subscribe_msg_change_event", "SubscribeMsgChangeEvent", rows)
    return Answered(dict.fromkeys(template_ids, REJECT))


async def _are_askable(tx: Tx, appid: str, template_ids: Sequence[str]) -> bool:
    known = await askable(tx, appid=appid, template_ids=template_ids)
    return bool(template_ids) and len(known) == len(set(template_ids))


def _row(template_id: str, word: str, popup_scene: int | None) -> Fields:
    row: Fields = (("TemplateId", template_id), ("SubscribeStatusString", word))
    return row if popup_scene is None else (*row, ("PopupScene", str(popup_scene)))


async def _tell(tx: Tx, found: Meeting, event: str, name: str, rows: tuple[Fields, ...]) -> None:
    told: Fields = (("List", Rows(rows)),)
    fields: Fields = ((name, told),) if found.account.kind == "service" else told
    await push_event(tx, found.account, found.openid, event, fields, person_id=found.person_id)
