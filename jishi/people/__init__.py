"""People: who somebody is, and where he takes his parcels. Personal data stands here alone.

A person is in one of a fixed number of books, found by his id. Whatever is personal is sealed with
a key of his own; elsewhere in the house he is an id.
"""

from jishi.people import divisions, forgetting, privacy, rules, views
from jishi.people.addresses import Address, Written, address, addresses, write_address
from jishi.people.adopt_id import AdoptId, IdAdopted
from jishi.people.ask_for_code import AskForCode, CodeAskedFor
from jishi.people.codes import claimed, send_code, try_code
from jishi.people.count_asking import AskingCounted, CountAsking
from jishi.people.erase_person import ErasePerson, PersonErased
from jishi.people.export_person import ExportPerson, PersonExported
from jishi.people.give_consent import ConsentGiven, GiveConsent
from jishi.people.identities import (
    Identity,
    Proved,
    digest_of,
    forget_identities,
    identities,
    openid_of,
    recognise,
    recognise_any,
    whose,
)
from jishi.people.meet_person import MeetPerson, PersonMet
from jishi.people.names import name_of, write_name
from jishi.people.note_code_sent import CodeSent, NoteCodeSent
from jishi.people.post import Letter, post
from jishi.people.post_settings import MessagesRefused, check_settings, read_carriers
from jishi.people.recognise_identity import IdentityRecognised, RecogniseIdentity
from jishi.people.remove_address import AddressRemoved, RemoveAddress
from jishi.people.remove_identity import IdentityRemoved, RemoveIdentity
from jishi.people.rewrap_key import KeyRewrapped, RewrapKey
from jishi.people.rules import book_of, masked_name, masked_phone
from jishi.people.save_address import AddressSaved, SaveAddress
from jishi.people.set_name import NameSet, SetName
from jishi.people.sign_in import SignedIn, SignIn
from jishi.people.sign_out import SignedOut, SignOut
from jishi.people.try_code import CodeTried, TryCode
from jishi.people.wechat_account import wechat_account
from jishi.people.wechat_settings import AccountRefused, read_account
from jishi.people.withdraw_consent import ConsentWithdrawn, WithdrawConsent

__all__ = [
    "AccountRefused",
    "Address",
    "AddressRemoved",
    "AddressSaved",
    "AdoptId",
    "AskForCode",
    "AskingCounted",
    "CodeAskedFor",
    "CodeSent",
    "CodeTried",
    "ConsentGiven",
    "ConsentWithdrawn",
    "CountAsking",
    "ErasePerson",
    "ExportPerson",
    "GiveConsent",
    "IdAdopted",
    "Identity",
    "IdentityRecognised",
    "IdentityRemoved",
    "KeyRewrapped",
    "Letter",
    "MeetPerson",
    "MessagesRefused",
    "NameSet",
    "NoteCodeSent",
    "PersonErased",
    "PersonExported",
    "PersonMet",
    "Proved",
    "RecogniseIdentity",
    "RemoveAddress",
    "RemoveIdentity",
    "RewrapKey",
    "SaveAddress",
    "SetName",
    "SignIn",
    "SignOut",
    "SignedIn",
    "SignedOut",
    "TryCode",
    "WithdrawConsent",
    "Written",
    "address",
    "addresses",
    "book_of",
    "check_settings",
    "claimed",
    "digest_of",
    "divisions",
    "forget_identities",
    "forgetting",
    "identities",
    "masked_name",
    "masked_phone",
    "name_of",
    "openid_of",
    "post",
    "privacy",
    "read_account",
    "read_carriers",
    "recognise",
    "recognise_any",
    "rules",
    "send_code",
    "try_code",
    "views",
    "wechat_account",
    "whose",
    "write_address",
    "write_name",
]
