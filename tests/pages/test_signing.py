"""Who signs in or out comes back to the round and the view it was done from, and nobody else does."""

from types import SimpleNamespace

import pytest

from evaluator.pages import basis, signing, state

LINK = {"round": ["r1"], "lang": ["zh"]}
ONE = "2|34ece133|e163dd0393a6e75a6456645f4d0f09f1|1795717066"
AGAIN = "2|60eb3395|b5640fa5c7a135fc3051b6f91908db57|1795717066"
OTHER = "2|60eb3395|00640fa5c7a135fc3051b6f91908db57|1795717066"


class Visitor:
    """A browser before the app: its cookie, whether it is signed in, its address, and where it was sent."""

    def __init__(self, cookie, *, signed=False, address=()):
        self.context = SimpleNamespace(cookies={signing.COOKIE: cookie} if cookie else {})
        self.user = SimpleNamespace(is_logged_in=signed)
        self.query_params = dict(address)
        self.went = []
        self.login, self.logout = (lambda: self.went.append("provider")), (lambda: self.went.append("provider"))

    def switch_page(self, page, query_params):
        self.went.append((page, query_params))


@pytest.fixture
def sit(monkeypatch):
    """Let a visitor sit before the app."""
    signing._places.clear()
    monkeypatch.setattr(basis, "offers_sign_in", lambda: True)
    monkeypatch.setattr(state, "link_parameters", lambda page: LINK if page == "review" else {})

    def take(visitor):
        monkeypatch.setattr(signing, "st", visitor)
        return visitor

    return take


def come(sit, *visitor, **options):
    found = sit(Visitor(*visitor, **options))
    signing.come_back({"review": "the page"})
    return found.went


def test_after_signing_in_the_round_stands_open_again_once(sit):
    left = sit(Visitor(ONE))
    signing.sign_in()
    assert left.went == ["provider"]
    assert come(sit, AGAIN, signed=True) == [("the page", LINK)]
    assert come(sit, AGAIN, signed=True) == []


def test_signing_out_comes_back_too(sit):
    sit(Visitor(ONE, signed=True))
    signing.sign_out()
    assert come(sit, AGAIN) == [("the page", LINK)]


@pytest.mark.parametrize(
    "options",
    [
        {"cookie": OTHER, "signed": True},  # another browser
        {"cookie": "", "signed": True},
        {"cookie": "nonsense", "signed": True},
        {"cookie": AGAIN},  # came back without signing in
        {"cookie": AGAIN, "signed": True, "address": LINK},  # asks for something itself
    ],
)
def test_nobody_else_is_sent_there(sit, options):
    sit(Visitor(ONE))
    signing.sign_in()
    assert come(sit, options.pop("cookie"), **options) == []


def test_without_a_cookie_signing_in_still_works(sit):
    left = sit(Visitor(""))
    signing.sign_in()
    assert left.went == ["provider"]
