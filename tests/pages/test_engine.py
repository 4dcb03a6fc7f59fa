"""The engine: escapes, is strict, and says what is wrong."""

from pathlib import Path

import pytest
from minijinja import TemplateError

from jishi.pages import Engine


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """Give an engine with a few templates."""
    texts = {
        "greeting.html": "<p>{{ _('我的订单') }} {{ name }} {{ mark }}</p>",
        "strict.html": "{{ nobody_gave_this }}",
        "field.html": "{{ name.field }}",
        "broken.html": "{% if %}",
        "evil.html": "{{ boom() }}",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Engine([tmp_path / "none", tmp_path], {"mark": "<&>"})


def test_what_is_not_ours_is_escaped(engine: Engine) -> None:
    page = engine.render("zh-CN", "greeting.html", {"name": "<b>'\"&"})
    assert page == "<p>我的订单 &lt;b&gt;&#x27;&quot;&amp; &lt;&amp;&gt;</p>"


def test_each_reader_is_spoken_to(engine: Engine) -> None:
    assert "My orders" in engine.render("en", "greeting.html", {"name": ""})


@pytest.mark.parametrize("template", ["strict.html", "field.html", "broken.html", "none.html"])
def test_a_fault_in_a_template_is_an_error(engine: Engine, template: str) -> None:
    with pytest.raises(TemplateError):
        engine.render("en", template, {"name": "a text has no fields"})


def test_an_error_inside_is_the_error_outside(engine: Engine) -> None:
    def boom() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.render("en", "evil.html", {"boom": boom})
