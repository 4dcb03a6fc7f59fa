"""The checks of what a reader sees can fail too: words, languages, who may come."""

from pathlib import Path

import pytest
from litestar import Litestar, get

from tests.house.checks import language, routes, translations

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def put(root: Path, name: str, text: str) -> None:
    """Write a file into a house."""
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("html", "is_caught"),
    [
        ("<p>集市</p>", True),
        ("<p>Welcome</p>", True),
        ('<img alt="杯子">', True),
        ('<input placeholder="Search">', True),
        ('{{ button("付款") }}', True),
        ('<p class="weui-cell">{{ _("集市") }}</p>', False),
        ("<a href=\"/about\">{{ _('集市') }}</a>{# 集市 #}<!-- Welcome -->", False),
        (
            '{{ n_("%(n)s 件", "%(n)s 件", n) }}&nbsp;{% if shop.name %}¥{{ price }}{% endif %}',
            False,
        ),
    ],
)
def test_it_catches_a_word_that_is_not_translated(
    tmp_path: Path, html: str, *, is_caught: bool
) -> None:
    put(tmp_path, "jishi/web/page.html", html)
    assert bool(list(language.untranslated_templates(tmp_path))) is is_caught


def test_it_catches_chinese_in_a_page_s_code(tmp_path: Path) -> None:
    put(
        tmp_path, "jishi/web/page.py", '"""一页。"""\n\na = _("集市")\nb = f"订单{a}"\nc = "付款"\n'
    )
    found = {fault.partition(" ")[0] for fault in language.untranslated_code(tmp_path)}
    assert found == {"jishi/web/page.py:4:", "jishi/web/page.py:5:"}


def test_it_catches_a_text_without_english(tmp_path: Path) -> None:
    put(tmp_path, "jishi/web/page.html", '{{ _("集市") }}\n{{ _("订单") }}')
    put(tmp_path, "jishi/web/page.py", 'a = _("付款")\nb = n_("%s 件", "%s 件", 2)\n')
    translated = 'msgid "集市"\nmsgstr "market"\n\nmsgid "订单"\nmsgstr ""\n'
    put(tmp_path, "jishi/pages/locales/en.po", PO + translated)
    assert [fault.partition(" ")[0] for fault in translations.untranslated(tmp_path)] == [
        "jishi/web/page.html:2:",
        "jishi/web/page.py:1:",
        "jishi/web/page.py:2:",
    ]


def test_it_catches_a_refusal_without_words(tmp_path: Path) -> None:
    put(
        tmp_path,
        "jishi/trade/act.py",
        'a = Refused("too_shy")\nb = Refused("sold" if a else "gone")\n',
    )
    put(tmp_path, "jishi/web/words/trade.py", 'WORDS = {"too_shy": _("害羞"), "sold": _("卖了")}\n')
    assert list(translations.speechless(tmp_path)) == [
        "jishi/trade/act.py:2: jishi/web/words has no words for gone"
    ]


def test_it_catches_a_route_without_a_policy() -> None:
    @get("/open", opt={"policy": "anybody"}, sync_to_thread=False)
    def said() -> str:
        return "come in"

    @get("/forgotten", sync_to_thread=False)
    def unsaid() -> str:
        return "who are you?"

    app = Litestar([said, unsaid], openapi_config=None)
    assert list(routes.unguarded(app)) == ["GET /forgotten: has no policy"]
