"""Recognising a pasted address: in any order, with any breaks; what is not there stays empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.people import divisions
from jishi.people.addresses import Written
from jishi.people.pasted import read_pasted

KNOWN = Written("张三", "13800138000", "330106", "文三路 100 号")


@pytest.mark.parametrize(
    "pasted",
    [
        "张三 13800138000 浙江省杭州市西湖区文三路 100 号",
        "张三，138 0013 8000，浙江省 杭州市 西湖区 文三路 100 号",
        "浙江省杭州市西湖区文三路 100 号 张三 13800138000",
        "13800138000 浙江省杭州市西湖区文三路 100 号，张三",
        "收货人：张三 手机：+86 138-0013-8000 地址：浙江杭州西湖区文三路 100 号",
        "杭州市西湖区文三路 100 号 张三 13800138000",
    ],
)
def test_it_is_read_in_any_order(pasted: str) -> None:
    assert read_pasted(pasted) == KNOWN


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("", Written("", "", "", "")),
        ("李四", Written("", "", "", "李四")),
        ("李四 0571-88886666", Written("", "0571-88886666", "", "李四")),
        ("北京市朝阳区建国路 1 号 王五 13911112222",
         Written("王五", "13911112222", "110105", "建国路 1 号")),
        ("somewhere else entirely", Written("somewhere", "", "", "else entirely")),
    ],
)  # fmt: skip
def test_what_is_not_said_is_left_to_be_filled_in(pasted: str, found: Written) -> None:
    assert read_pasted(pasted) == found


districts = st.sampled_from([code for code in divisions.NAMES if divisions.is_district(code)])


@given(
    district=districts, name=st.sampled_from(["张三", "欧阳小明", "阿依古丽"]),
    phone=st.sampled_from(["13800138000", "19912345678"]),
    street=st.sampled_from(["解放路 1 号", "幸福街 22 号 3 楼"]),
    gap=st.sampled_from([" ", "，", "\n", ", "]), is_name_first=st.booleans(),
)  # fmt: skip
def test_any_district_written_whole_is_found(
    district: str, name: str, phone: str, street: str, gap: str, is_name_first: bool
) -> None:
    place = "".join(divisions.names_of(district)) + street
    parts = (name, phone, place) if is_name_first else (place, name, phone)
    found = read_pasted(gap.join(parts))
    assert divisions.names_of(found.division) == divisions.names_of(district)
    assert (found.phone, found.street) == (phone, street)
    assert found.recipient == name


@given(pasted=st.text(max_size=400))
def test_any_text_is_read_without_an_error(pasted: str) -> None:
    found = read_pasted(pasted)
    assert not found.division or divisions.is_district(found.division)
