"""What is drawn can be read: large enough, within its picture, and without a sideways scroll on any screen."""

import pytest

pytestmark = pytest.mark.browser

PATHS = [
    "/",
    "/ranking?pick=MG2025-001&pick=MG2025-004",
    "/project?p=MG2025-001",
    "/neighbours",
    "/portfolio",
    "/portfolio?part=choose",
    "/income",
    "/income?inc=studies",
    "/review",
    "/data",
]
SOME = ["/", "/data"]
LEAST = 16
SMALL = """least => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const words = walk.currentNode.data.trim(), owner = walk.currentNode.parentElement;
        if (!words || owner.closest('script, style, [data-testid=stIconMaterial], [aria-hidden=true]')) { continue; }
        if (!owner.checkVisibility({ opacityProperty: true, visibilityProperty: true })) { continue; }
        const place = document.createRange();
        place.selectNodeContents(walk.currentNode);
        const box = place.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(owner).fontSize);
        if (box.width > 1 && box.height > 1 && size < least) { found.push(`${size} ${words.slice(0, 40)}`); }
    }
    return found;
}"""
"""Words that are seen and smaller than so many pixels; icons are letters of a font too, and no words."""
CUT = """() => {
    const found = [];
    for (const picture of document.querySelectorAll('[data-testid=stVegaLiteChart] svg')) {
        const frame = picture.getBoundingClientRect();
        for (const words of picture.querySelectorAll('text')) {
            const box = words.getBoundingClientRect();
            const across = Math.max(frame.left - box.left, box.right - frame.right);
            const out = Math.max(across, frame.top - box.top, box.bottom - frame.bottom);
            if (box.width && words.textContent && out > 2) { found.push(`${Math.round(out)} ${words.textContent}`); }
        }
    }
    return found;
}"""
"""Words that run over an edge of their picture."""


@pytest.mark.parametrize(
    ("locale", "path"), [*(("en-US", path) for path in PATHS), *(("zh-CN", path) for path in SOME)]
)
def test_every_word_is_as_large_as_that_of_a_book_and_no_screen_cuts_one_off(visit, locale, path):
    """A phone, a projector, and a window zoomed to 150 %; English words are longer, so it stands for most pages."""
    reader = visit(width=390, height=844, locale=locale).open(path)
    for fold in reader.page.locator("[data-testid=stMain] [data-testid=stExpander] summary").all():
        fold.click()
    reader.settle()
    assert not reader.page.evaluate(SMALL, LEAST)
    assert not reader.page.evaluate(CUT)
    for size in ({"width": 1024, "height": 768}, {"width": 960, "height": 600}):
        reader.page.set_viewport_size(size)
        reader.settle()
        scrolled, seen = reader.page.locator("[data-testid=stMain]").evaluate("m => [m.scrollWidth, m.clientWidth]")
        assert scrolled <= seen


@pytest.mark.parametrize(
    "button", [".st-key-actions button", ".st-key-share button", ".st-key-list_line button >> nth=-1"]
)
def test_no_word_of_what_opens_above_a_page_is_smaller(visit, button):
    reader = visit(locale="zh-CN").open()
    reader.page.locator(button).first.click()
    reader.settle()
    assert not reader.page.evaluate(SMALL, LEAST)


def test_the_keyboard_shows_where_it_is(visit):
    reader = visit().open()
    link = reader.page.locator(".st-key-navigation a").nth(2)
    reader.page.locator(".st-key-navigation a").nth(1).focus()
    reader.page.keyboard.press("Tab")
    outline = link.evaluate("link => { const s = getComputedStyle(link); return [s.outlineStyle, s.outlineWidth] }")
    assert outline == ["solid", "2px"]
