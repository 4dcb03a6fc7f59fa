"""What may be written down of a person, how it is masked, and what a seal is bound to."""

import pytest

from jishi import people
from jishi.people import divisions, rules, sealing
from jishi.people.addresses import reason_against
from tests.people.persons import HOME, SECRET


@pytest.mark.parametrize(
    "number",
    ["13900000001", "0755-26000000", "01062000000", "+85251234567", "+14155550100"],
)
def test_a_number_that_a_carrier_can_call(number: str) -> None:
    assert rules.is_phone(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "1390000000",
        "139000000011",
        "12900000001",
        "１３９００００００００１",
        "13900000001\n",
        "x",
    ],
)
def test_a_number_that_no_carrier_can_call(number: str) -> None:
    assert not rules.is_phone(number)


def test_names_and_phones_are_masked() -> None:
    assert people.masked_phone("13900000001") == "139****0001"
    assert people.masked_name("王小明") == "王**"


def test_the_divisions_go_down_from_province_to_district() -> None:
    assert len(divisions.within("")) == 34
    assert ("440300", "深圳市") in divisions.within("440000")
    assert ("440305", "南山区") in divisions.within("440300")
    assert divisions.within("440305") == []
    assert not any(divisions.is_district(code) for code in ("", "440000", "440300", "4403", "x"))
    leaves = [
        code for province, _ in divisions.within("") for city, _ in divisions.within(province)
        for code, _ in divisions.within(city)
    ]  # fmt: skip
    assert sorted(leaves) == sorted(filter(divisions.is_district, divisions.NAMES))


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (people.Written("", "x", "x", ""), "recipient_out_of_bounds"),
        (people.Written("王", "x", "x", ""), "phone_unreadable"),
        (people.Written("王", HOME.phone, "x", ""), "division_not_district"),
        (people.Written("王", HOME.phone, "440305", ""), "street_out_of_bounds"),
    ],
)
def test_the_first_reason_against_an_address(written: people.Written, reason: str) -> None:
    found = reason_against(written)
    assert found is not None
    assert found.reason == reason
    assert reason_against(HOME) is None


def test_a_seal_opens_with_its_own_key_and_for_its_own_thing_alone() -> None:
    wrapped = sealing.new_wrapped_key(SECRET, 7)
    assert len(wrapped) == rules.WRAPPED_BYTES
    key = sealing.unwrap(SECRET, 7, wrapped)
    sealed = sealing.seal(key, "address", b"plain")
    assert sealing.unseal(key, "address", sealed) == b"plain"
    for other_key, of in ((b"k" * 32, "address"), (key, "phone")):
        with pytest.raises(ValueError, match="another key"):
            sealing.unseal(other_key, of, sealed)
    with pytest.raises(ValueError, match="another key"):
        sealing.unwrap(SECRET, 8, wrapped)
