"""Staff at the desk: who works here and as what, and each member's own page."""

from jishi.web.console.staff.authenticator import (
    remove_mine,
    remove_theirs,
    require_of_all,
    second_step,
    set_second_step,
)
from jishi.web.console.staff.me import change_password, close_others, close_session, me
from jishi.web.console.staff.members import end_membership, link, member, set_roles
from jishi.web.console.staff.roster import invite, roster

STAFF_PAGES = (
    roster, invite, member, set_roles, link, end_membership,
    me, change_password, close_session, close_others,
    second_step, set_second_step, remove_mine, remove_theirs, require_of_all,
)  # fmt: skip

__all__ = ["STAFF_PAGES"]
