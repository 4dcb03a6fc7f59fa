"""Stores at the desk: facts are saved, mistakes are told with the form as it was."""

from tests.web.console.desk import seat
from tests.web.reader import Reader, fields, words

STORES = "/console/stores"


def test_a_stores_facts_are_saved_and_shown(reader: Reader, database_url: str, book: int) -> None:
    seat(reader, database_url, book, "manager")
    form = fields(reader.get(f"{STORES}/1").text)
    assert form["name"] == "总店"
    filled = {**form, "whereabouts": "文三路 1 号", "phone": "0571-1", "day0": "9:00–21:00",
              "latitude": "30.2741", "longitude": "120.1551"}  # fmt: skip
    wrong = reader.post(f"{STORES}/1", {**filled, "day1": "全天"})
    assert wrong.status_code == 409
    assert "营业时间看不懂" in words(wrong.text)
    assert fields(wrong.text)["whereabouts"] == "文三路 1 号"
    assert fields(wrong.text)["day1"] == "全天"
    half = reader.post(f"{STORES}/1", {**filled, "latitude": "北"})
    assert "位置看不懂" in words(half.text)
    assert reader.post(f"{STORES}/1", filled).status_code == 303
    shown = reader.get(STORES)
    assert "门店已保存。" in words(shown.text)
    assert "文三路 1 号" in words(shown.text)
    again = fields(reader.get(f"{STORES}/1").text)
    assert (again["day0"], again["day1"], again["latitude"]) == ("09:00-21:00", "", "30.2741")


def test_a_new_store_opens_once(reader: Reader, database_url: str, book: int) -> None:
    seat(reader, database_url, book, "owner")
    page = reader.get(f"{STORES}/new").text
    form = {**fields(page), "name": "二店"}
    assert reader.post(STORES, form).status_code == 303
    assert reader.post(STORES, form).status_code == 303
    assert reader.get(STORES).text.count("二店") == 1
    assert reader.get(f"{STORES}/77").status_code == 404
    assert reader.post(f"{STORES}/77", form).status_code == 404
    empty = {**fields(reader.get(f"{STORES}/new").text), "name": ""}
    nameless = reader.post(STORES, empty)
    assert "门店要有名字" in words(nameless.text)
    assert f'action="{STORES}"' in nameless.text
