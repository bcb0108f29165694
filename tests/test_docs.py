"""The documents hold: their samples run, their links lead somewhere, and they name every setting, part and sign."""

import doctest
import importlib
import re
import tomllib
from pathlib import Path

import pytest

from evaluator.domain.settings import Settings
from evaluator.flags import SIGNS
from evaluator.questions import FLAG_FIELDS
from evaluator.report.rulebook import insert_rules, write_rules
from evaluator.report.rules import PART_ANCHORS

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
METHODS = (ROOT / "docs" / "methods.md").read_text("utf-8")
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
ANCHOR = re.compile(r"(−?[\d.]+)( %)?(?: or never)?→(\d+)")
FLAGS = doctest.NORMALIZE_WHITESPACE


def short(path):
    return str(path.relative_to(ROOT))


def samples():
    return [path for path in PAGES if BLOCK.search(path.read_text("utf-8"))]


def examined_modules():
    paths = [path for path in sorted((ROOT / "evaluator").rglob("*.py")) if ">>> " in path.read_text("utf-8")]
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths)
    return [name.removesuffix(".__init__") for name in names]


@pytest.mark.slow
@pytest.mark.parametrize("path", samples(), ids=short)
def test_the_samples_of_a_page_run(path, monkeypatch):
    """Plain blocks run, blocks of ``>>>`` print what they say; one namespace a page, at the root of the repository."""
    monkeypatch.chdir(ROOT)
    text, names = path.read_text("utf-8"), {"__name__": "page"}
    runner, parser = doctest.DocTestRunner(optionflags=FLAGS, verbose=False), doctest.DocTestParser()
    for found in BLOCK.finditer(text):
        line = text[: found.start()].count("\n") + 1
        if ">>> " in found[1]:
            test = parser.get_doctest(found[1], names, short(path), str(path), line)
            said = []
            runner.run(test, out=said.append, clear_globs=False)
            names = test.globs
            assert not said, "".join(said)
        else:
            exec(compile("\n" * line + found[1], str(path), "exec"), names)


@pytest.mark.slow
@pytest.mark.parametrize("name", examined_modules())
def test_the_examples_of_a_module_run(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_checks_see_the_samples_they_check():
    assert {"README.md", "docs/methods.md"} <= set(map(short, samples()))
    assert "evaluator.criteria.cashflow" in examined_modules()


def heading_slugs(text):
    """The anchors a page offers, as GitHub makes them."""
    headings = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_links_lead_somewhere(path):
    text = path.read_text("utf-8")
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.is_relative_to(ROOT), target
        assert there.exists(), target
        if anchor:
            assert anchor in heading_slugs(there.read_text("utf-8")), target


def test_the_rule_book_on_the_page_is_the_one_in_force():
    """Rewrite it with ``python -m evaluator.report.rulebook docs/methods.md``."""
    assert insert_rules(METHODS, write_rules()) == METHODS


@pytest.mark.parametrize("name", sorted({key.split(".")[0] for key, _, _ in Settings().rules()}))
def test_methods_name_every_group_of_settings(name):
    assert f"`{name}`" in METHODS.split("<!-- rules:begin -->")[0]


def lines_of(part):
    return [line for line in METHODS.split("<!-- rules:begin -->")[0].splitlines() if f"`{part}`" in line]


@pytest.mark.parametrize(("criterion", "part"), PART_ANCHORS, ids="-".join)
def test_methods_state_the_anchors_of_every_part(criterion, part):
    group, key = PART_ANCHORS[criterion, part].split(".")
    wanted = {(float(x), float(value)) for x, value in getattr(getattr(Settings(), group), key)}
    stated = [
        {
            (round(float(x.replace("−", "-")) / (100 if percent else 1), 4), float(value))
            for x, percent, value in ANCHOR.findall(line)
        }
        for line in lines_of(part)
    ]
    assert wanted in stated


@pytest.mark.parametrize("part", [part for criterion, part in PART_ANCHORS if criterion == "demand"])
def test_methods_state_the_weight_of_every_demand_part(part):
    weight = f"{getattr(Settings().demand, f'weight_{part}'):.2f}"
    assert any(weight in [cell.strip() for cell in line.split("|")] for line in lines_of(part))


@pytest.mark.parametrize("key", [*SIGNS, *FLAG_FIELDS, "h", "saturation"])
def test_methods_name_every_sign_and_reading(key):
    assert lines_of(key)


RAMPS = [(key, value) for key, value, _ in Settings().rules() if key.startswith("flags.") and isinstance(value, tuple)]


@pytest.mark.parametrize(("key", "ramp"), RAMPS, ids=[key for key, _ in RAMPS])
def test_methods_state_the_ramp_of_every_reading(key, ramp):
    begins, full = ramp
    forms = (f"{begins:g}→{full:g}", f"{100 * begins:g}→{100 * full:g} %", f"{begins:.2f}→{full:.2f}")
    rows = "\n".join(line for sign in SIGNS for line in lines_of(sign))
    assert any(form in rows for form in forms)


def test_contributing_gives_a_reason_for_every_dependency():
    text = (ROOT / "docs" / "contributing.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for group in project["optional-dependencies"].values() for one in group)]
    missing = [name for name in (re.split(r"[<>=\[]", one)[0] for one in wanted) if f"| `{name}` |" not in text]
    assert not missing
