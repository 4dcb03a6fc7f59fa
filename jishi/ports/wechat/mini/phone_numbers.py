"""A person's phone number, where they tapped to give it; every success costs 0.03 yuan.

Source: mini programs, "Getting a phone number".
"""

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account


class PhoneNumber(Struct, frozen=True):
    """A number, without and with its country code where it is not Chinese."""

    bare: str = field(name="purePhoneNumber")
    full: str = field(name="phoneNumber")
    country_code: str = field(default="86", name="countryCode")

    def __repr__(self) -> str:
        return "PhoneNumber(...)"


class _Code(Struct, frozen=True):
    code: str


class _Given(Struct, frozen=True):
    phone_info: PhoneNumber


async def exchange(account: Account, code: str) -> PhoneNumber:
    """Turn the code of a tap into the number; it is good for 5 minutes and once.

    ErrcodeAnswered: 40029 no such code, 40163 it was used, 40013 the code is another program's.
    """
    path = "/wxa/business/getuserphonenumber"
    return (await account.post(path, _Code(code), _Given)).phone_info
