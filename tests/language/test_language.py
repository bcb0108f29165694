"""The two catalogues say the same things: equal files, keys and placeholders, and every phrase the code asks for."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from evaluator.language import LANGUAGES, catalogue, has_phrase, phrase, slug

PACKAGE = Path(__file__).parents[2] / "evaluator"
FOLDER = PACKAGE / "language"
ASKING = {"phrase", "has_phrase"}


def flat(table: dict, prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        path = f"{prefix}{key}"
        yield from flat(value, f"{path}.") if isinstance(value, dict) else (path,)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def patterns(node: ast.expr) -> Iterator[str]:
    """Regular expressions of the keys an expression may be; a part only known at run time matches anything."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from patterns(node.body)
        yield from patterns(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        parts = (re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values)
        yield "".join(parts)


def asked() -> Iterator[tuple[str, str]]:
    """Where and what: every key the code asks the catalogue for."""
    for path in (*PACKAGE.rglob("*.py"), PACKAGE.parent / "app.py"):
        if not path.is_file():
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKING and node.args:
                yield from ((f"{path.name}:{node.lineno}", pattern) for pattern in patterns(node.args[0]))


def test_both_languages_have_the_same_files():
    english, chinese = ({path.name for path in (FOLDER / language).glob("*.toml")} for language in LANGUAGES)
    assert english == chinese


@pytest.mark.parametrize("name", sorted(path.name for path in (FOLDER / "en").glob("*.toml")))
def test_files_have_equal_keys_in_equal_order(name):
    english, chinese = (
        list(flat(tomllib.loads((FOLDER / language / name).read_text("utf-8")))) for language in LANGUAGES
    )
    assert set(english) == set(chinese)


def test_no_phrase_has_two_homes():
    homes: dict[str, str] = {}
    for path in sorted((FOLDER / "en").glob("*.toml")):
        for key in flat(tomllib.loads(path.read_text("utf-8"))):
            assert key not in homes, f"{key} stands in {homes[key]} and {path.name}"
            homes[key] = path.name


def test_phrases_have_equal_placeholders():
    english, chinese = (catalogue(language) for language in LANGUAGES)
    different = {key for key in english if key in chinese and placeholders(english[key]) != placeholders(chinese[key])}
    assert not different


def test_no_phrase_is_empty():
    allowed = {"format.sentence_gap"}
    empty = {(language, key) for language in LANGUAGES for key, text in catalogue(language).items() if not text}
    assert {key for _, key in empty if not key.startswith("issue.")} <= allowed


def test_chinese_phrases_are_chinese():
    """A key left in English would show as Latin words only; figures, units, codes and placeholders may."""
    words = re.compile(r"[A-Za-z]{4,}")
    left = {
        key
        for key, text in catalogue("zh").items()
        if words.search(re.sub(r"\{[^}]*\}", "", text)) and not re.search(r"[\u4e00-\u9fff]", text)
    }
    assert not left


@pytest.mark.slow
def test_every_phrase_the_code_asks_for_exists():
    known = catalogue("en")
    missing = [(where, key) for where, key in asked() if not any(re.fullmatch(key, have) for have in known)]
    assert not missing


@pytest.mark.slow
def test_every_issue_code_in_the_code_has_its_three_phrases():
    codes = {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[EWN]_[A-Z0-9_]*[A-Z0-9]", node.value)
    }
    missing = {
        f"issue.{code}.{part}"
        for code in codes
        for part in ("message", "needed", "remedy")
        if not has_phrase(f"issue.{code}.{part}")
    }
    assert not missing


def test_an_unknown_phrase_or_language_is_a_fault():
    with pytest.raises(KeyError):
        phrase("no.such.phrase", "en")
    with pytest.raises(KeyError):
        catalogue("fr")


def test_slugs_are_catalogue_keys():
    assert slug("share of the county's output") == "share_of_the_county_s_output"
    assert slug("°C") != slug("degree")
