"""People: who somebody is, and where he takes his parcels. Personal data stands here alone.

A person is in one of a fixed number of books, found by his id. Whatever is personal is sealed with
a key of his own; elsewhere in the house he is an id.
"""

from jishi.people import divisions, rules, views
from jishi.people.addresses import Address, Written, address, addresses, write_address
from jishi.people.meet_person import MeetPerson, PersonMet
from jishi.people.remove_address import AddressRemoved, RemoveAddress
from jishi.people.rules import book_of, masked_name, masked_phone
from jishi.people.save_address import AddressSaved, SaveAddress

__all__ = [
    "Address",
    "AddressRemoved",
    "AddressSaved",
    "MeetPerson",
    "PersonMet",
    "RemoveAddress",
    "SaveAddress",
    "Written",
    "address",
    "addresses",
    "book_of",
    "divisions",
    "masked_name",
    "masked_phone",
    "rules",
    "views",
    "write_address",
]
