import re

import pytest

from evaluator.pages.text import JOINER, UNBROKEN, plain, say, unbroken


@pytest.mark.parametrize(
    "name",
    [
        "![x](http://evil.test/a.png)",
        "<script>alert(1)</script>",
        "[go](http://evil.test)",
        "**bold** _it_ `code`",
        ":red[stop] :material/home: $x$",
        "# title",
        "1. one",
        "- dash",
        "http://evil.test www.evil.test",
        "office@evil.test",
        "a\n\nb",
        "~~no~~ | x |",
    ],
)
def test_names_are_shown_as_nothing_but_text(name):
    shown = plain(name)
    read = re.sub(r"\\(.)", r"\1", shown)
    assert read.replace(JOINER, "") == " ".join(name.split())
    assert not re.search(r"https?://|www\.|\w@\w", read)
    assert not re.search(r"(?<!\\)[`*_\[\]()<>#!|~$:^]", re.sub(r"\\.", "", shown))


def test_plain_leaves_no_bare_colon_or_dollar_for_directives():
    assert plain(":red[a] $b$") == "\\:red\\[a\\] \\$b\\$"


def test_phrases_come_from_the_catalogue():
    assert say("nav.ranking", "zh") == "排名"
    with pytest.raises(KeyError):
        say("no.such.phrase", "en")


def test_no_line_ends_between_a_number_and_its_percent_sign():
    assert unbroken("12 % of 100 %") == f"12{UNBROKEN}% of 100{UNBROKEN}%"
    assert plain("7.5 %") == f"7\\.5{UNBROKEN}%"
    assert unbroken("Industry ≤ %") == "Industry ≤ %"
