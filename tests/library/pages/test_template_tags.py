"""The tags that lay templates out: line breaks that vanish, words with addresses between commas."""

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template

from library.pages.presentation.links import LinkedWords
from library.presentation.wording import Wording


def rendered(source: str, **context: object) -> str:
    return Template("{% load layout links %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{% inline %}\n  <b>a</b>\n  <i>b</i>\n{% endinline %}", "<b>a</b><i>b</i>"),
        ("{% inline %}\n  <b>a</b> <i>b</i>\n{% endinline %}", "<b>a</b> <i>b</i>"),
        ('{% inline %}\n  <a\n    class="x"\n    href="/">a</a>\n{% endinline %}', '<a class="x" href="/">a</a>'),
        ('{% inline %}<a\n  {% if yes %}class="x"{% endif %}\n  href="/">a</a>{% endinline %}', '<a class="x" href="/">a</a>'),
        ("{% inline %}\n  {% for one in many %}\n    <b>{{ one }}</b>\n  {% endfor %}\n{% endinline %}", "<b>1</b><b>2</b>"),
    ],
)
def test_line_breaks_of_inline_content_vanish_between_elements_and_are_a_space_between_attributes(source: str, html: str):
    assert rendered(source, yes=True, many=[1, 2]) == html


def test_line_breaks_of_a_value_stay():
    assert rendered("{% inline %}\n  {{ words }}\n{% endinline %}", words="a\nb") == "a\nb"


@pytest.mark.parametrize("text", ["one\n  two", "<b>one</b> two,\n\n  three", "một\n  hai {{ words }}"])
def test_a_line_break_between_two_words_of_inline_content_is_an_error(text: str):
    with pytest.raises(TemplateSyntaxError, match="join two words"):
        rendered(f"{{% inline %}}{text}{{% endinline %}}")


def test_every_template_compiles():
    folder = settings.BASE_DIR / "templates"
    names = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*.html"))]
    assert [get_template(name).template.name for name in names] == names


def test_words_are_a_link_only_where_they_have_an_address_and_are_escaped():
    assert rendered("{% link words url %}", words="a <b>", url="/?a=1&b=2") == '<a href="/?a=1&amp;b=2">a &lt;b&gt;</a>'
    assert rendered("{% link words %}", words=Wording("Gâux Taox", "hmn")) == '<span lang="hmn">Gâux Taox</span>'


def test_links_stand_between_commas_and_the_rest_is_an_ellipsis():
    values = [LinkedWords("a", "/a"), LinkedWords("b"), "c <"]
    assert rendered("{% links values %}", values=values) == '<a href="/a">a</a>, b, c &lt;'
    assert rendered('{% links values "; " %}', values=values[1:]) == "b; c &lt;"
    assert rendered("{% first_links values 2 %}", values=values) == '<a href="/a">a</a>, b…'
    assert rendered("{% first_links values 3 %}", values=values).endswith("c &lt;")
