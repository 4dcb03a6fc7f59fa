"""Freight at the desk: zone by zone, each kept; what it would cost is what a buyer is charged."""

from uuid import uuid4

from tests.web.console.desk import seat
from tests.web.reader import Reader, fields, words

PATH = "/console/settings/freight"
STEPS = {
    "served": "yes", "charged_by": "piece", "first": "1", "first_price": "8", "more": "2",
    "more_price": "1.5", "free_from": "",
}  # fmt: skip


def put(reader: Reader, position: int, **filled: object) -> tuple[int, str]:
    """Send the form of a zone as the page made it; give the status, and what is said then."""
    page = reader.get(f"{PATH}/zones/{position}")
    made = {name: fields(page.text)[name] for name in ("form", "key", "seen")}
    form: dict[str, str] = {**made, **STEPS, **filled}  # type: ignore[dict-item] # checkboxes
    answer = reader.post(f"{PATH}/zones/{position}", form)
    if answer.status_code != 303:
        return answer.status_code, words(answer.text)
    return 303, listed(reader)


def listed(reader: Reader) -> str:
    """Give what the list of zones says."""
    return words(reader.get(PATH).text.partition("<tbody>")[2].partition("</tbody>")[0])


def tried(reader: Reader, place: str, **other: str) -> str:
    """Ask what delivery to a place would cost."""
    query = "&".join(f"{name}={value}" for name, value in {"place": place, **other}.items())
    page = reader.get(f"{PATH}?{query}").text
    return words(page.partition('role="status"')[2].partition("</p>")[0])


def test_zones_are_added_changed_and_removed(reader: Reader, database_url: str, book: int) -> None:
    seat(reader, database_url, book, "owner")
    assert "现在全国包邮" in reader.get(PATH).text
    status, said = put(reader, 0, where="rest")
    assert (status, "首 1 件 ¥8.00，每加 2 件 ¥1.50" in said) == (303, True)
    status, said = put(reader, 0, where="these", division=["31", "3205"], free_from="99.9")
    assert (status, "上海市、江苏省苏州市" in said, "满 ¥99.90 包邮" in said) == (303, True, True)
    status, said = put(reader, 0, where="these", division=["54"], served="no")
    assert (status, "不配送" in said) == (303, True)
    page = reader.get(f"{PATH}/zones/2").text
    assert fields(page)["free_from"] == "99.90"
    assert 'value="3205" checked' in page
    status, said = put(reader, 2, where="these", division="31", first_price="0", more_price="0")
    assert (status, "包邮" in said, "苏州" in said) == (303, True, False)
    form = {name: fields(reader.get(f"{PATH}/zones/3").text)[name] for name in
            ("form", "key", "seen")}  # fmt: skip
    assert reader.post(f"{PATH}/zones/3/removal", form).status_code == 303
    assert "西藏" not in listed(reader)
    assert reader.get(f"{PATH}/zones/3").status_code == 404


def test_an_address_costs_what_the_rules_say(reader: Reader, database_url: str, book: int) -> None:
    seat(reader, database_url, book, "manager")
    assert "运费 ¥0.00" in tried(reader, "31"), "without a template delivery is free"
    put(reader, 0, where="these", division=["3101", "3205"], free_from="50")
    assert "运费 ¥8.00" in tried(reader, "3101", pieces="1", goods="49.99")
    assert "运费 ¥9.50" in tried(reader, "3205", pieces="3", goods="1")
    assert "运费 ¥0.00" in tried(reader, "3101", pieces="3", goods="50")
    assert "不配送" in tried(reader, "11", pieces="1")
    for odd in ("x", "9999", "%00"):
        assert reader.get(f"{PATH}?place={odd}&pieces=x&grams=-1&goods=x").status_code in {200, 404}


def test_what_is_out_of_bounds_is_told_and_nothing_is_set(
    reader: Reader, database_url: str, book: int
) -> None:
    seat(reader, database_url, book, "owner")
    for wrong in (
        {"first": "0"}, {"more": "x"}, {"first_price": "-1"}, {"first_price": "1.234"},
        {"charged_by": "hope"}, {"where": "these"}, {"where": ""},
        {"where": "these", "division": "xx"},
    ):  # fmt: skip
        status, _ = put(reader, 0, **{"where": "rest", **wrong})
        assert (wrong, status >= 400) == (wrong, True)
    assert "现在全国包邮" in reader.get(PATH).text
    assert put(reader, 0, where="rest")[0] == 303
    status, said = put(reader, 0, where="rest")
    assert (status >= 400, "其余地区" in said) == (True, True), "a place is named once"
    form = {name: fields(reader.get(f"{PATH}/zones/1").text)[name] for name in
            ("form", "key", "seen")}  # fmt: skip
    assert reader.post(f"{PATH}/zones/1/removal", form).status_code == 409, "the last one stays"


def test_nobody_overwrites_what_he_did_not_see(
    reader: Reader, database_url: str, book: int
) -> None:
    seat(reader, database_url, book, "owner")
    old = fields(reader.get(f"{PATH}/zones/0").text)["seen"]
    assert put(reader, 0, where="rest")[0] == 303
    status, said = put(reader, 0, where="these", division="31", seen=old, key=str(uuid4()))
    assert (status, "刚刚有人改过" in said) == (409, True)
    assert "上海" not in listed(reader)


def test_the_page_is_read_in_english(reader: Reader, database_url: str, book: int) -> None:
    seat(reader, database_url, book, "owner")
    put(reader, 0, where="rest")
    reader.language = "en"
    assert "Everywhere else" in reader.get(PATH).text
