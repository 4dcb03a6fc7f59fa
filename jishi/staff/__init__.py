"""Staff: who works at the market or in its shops, what they may do, and how they come in.

All members are kept in the market's book, whichever shop they work in: a name signs in one of
them. Of passwords, links and sessions only hashes are kept; whoever makes a secret shows it once.
"""

from jishi.staff import audit, notices, passwords, resealing, rules, totp, views
from jishi.staff.add_member import AddMember, MemberAdded
from jishi.staff.change_password import ChangePassword, PasswordChanged
from jishi.staff.close_other_sessions import CloseOtherSessions, OtherSessionsClosed
from jishi.staff.close_session import CloseSession, SessionClosed
from jishi.staff.end_membership import EndMembership, MembershipEnded
from jishi.staff.issue_link import IssueLink, LinkIssued
from jishi.staff.note_lock_out import LockOutNoted, NoteLockOut
from jishi.staff.open_session import OpenSession, SessionOpened
from jishi.staff.prolong_session import ProlongSession, SessionProlonged
from jishi.staff.release_brake import BrakeReleased, ReleaseBrake
from jishi.staff.remove_authenticator import AuthenticatorRemoved, RemoveAuthenticator
from jishi.staff.require_second_step import RequireSecondStep, SecondStepRequired
from jishi.staff.reseal_authenticator import AuthenticatorResealed, ResealAuthenticator
from jishi.staff.revive_todos import ReviveTodos, TodosRevived
from jishi.staff.see_notices import NoticesSeen, SeeNotices
from jishi.staff.set_authenticator import AuthenticatorSet, SetAuthenticator
from jishi.staff.set_password import PasswordSet, SetPassword
from jishi.staff.set_roles import RolesSet, SetRoles
from jishi.staff.tell_shop import ShopTold, TellShop
from jishi.staff.try_sign_in import SignInTried, TrySignIn
from jishi.staff.use_code import CodeUsed, UseCode
from jishi.staff.use_recovery_code import RecoveryCodeUsed, UseRecoveryCode

__all__ = [
    "AddMember",
    "AuthenticatorRemoved",
    "AuthenticatorResealed",
    "AuthenticatorSet",
    "BrakeReleased",
    "ChangePassword",
    "CloseOtherSessions",
    "CloseSession",
    "CodeUsed",
    "EndMembership",
    "IssueLink",
    "LinkIssued",
    "LockOutNoted",
    "MemberAdded",
    "MembershipEnded",
    "NoteLockOut",
    "NoticesSeen",
    "OpenSession",
    "OtherSessionsClosed",
    "PasswordChanged",
    "PasswordSet",
    "ProlongSession",
    "RecoveryCodeUsed",
    "ReleaseBrake",
    "RemoveAuthenticator",
    "RequireSecondStep",
    "ResealAuthenticator",
    "ReviveTodos",
    "RolesSet",
    "SecondStepRequired",
    "SeeNotices",
    "SessionClosed",
    "SessionOpened",
    "SessionProlonged",
    "SetAuthenticator",
    "SetPassword",
    "SetRoles",
    "ShopTold",
    "SignInTried",
    "TellShop",
    "TodosRevived",
    "TrySignIn",
    "UseCode",
    "UseRecoveryCode",
    "audit",
    "notices",
    "passwords",
    "resealing",
    "rules",
    "totp",
    "views",
]
