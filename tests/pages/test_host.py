import logging

import pytest

from evaluator.domain.hosting import Hosting
from evaluator.language import catalogue
from evaluator.pages.host import find_hosting, make_base, mark_files

RULES = "[payback]\nrate = 0.05\n"


@pytest.fixture
def folder(tmp_path, published_list):
    (tmp_path / "list.csv").write_text(published_list, encoding="utf-8")
    (tmp_path / "register.csv").write_text(published_list.replace("云顶", "石坝"), encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"this is no workbook")
    return tmp_path


def hosting(folder, rules="", **files):
    return Hosting(files={key: str(folder / name) for key, name in files.items()}, rules=rules and str(folder / rules))


def test_without_settings_the_sample_is_shown():
    base = make_base(Hosting())
    assert (base.inputs.origin, base.faults, base.settings.differences()) == ("sample", (), {})


def test_the_operators_files_are_shown(folder):
    base = make_base(hosting(folder, projects="list.csv", register="register.csv", rules="rules.toml"))
    assert (base.inputs.origin, len(base.inputs.projects), len(base.inputs.register)) == ("host", 2, 2)
    assert base.settings.payback.rate == 0.05
    assert set(base.side) == {"register"}
    assert base.faults == ()


def test_a_register_without_a_list_waits_for_the_visitors_list(folder):
    base = make_base(hosting(folder, register="register.csv"))
    assert base.inputs.origin == "sample"
    assert base.side["register"][1].name == "register.csv"


@pytest.mark.parametrize(
    ("what", "name"),
    [("projects", "missing.csv"), ("projects", "broken.xlsx"), ("register", "broken.xlsx"), ("markets", "list.csv")],
)
def test_a_file_that_cannot_be_used_is_said_and_left_out(folder, what, name, caplog):
    with caplog.at_level(logging.WARNING):
        base = make_base(hosting(folder, **{"projects": "list.csv", what: name}))
    (fault,) = base.faults
    assert fault.what == what
    assert base.inputs.origin == ("sample" if what == "projects" else "host")
    assert fault.lines["zh"] == (catalogue("zh")[f"pages.host.{what}"],)
    assert name in caplog.text
    assert str(folder) not in caplog.text
    assert not any(name in line for lines in fault.lines.values() for line in lines)


@pytest.mark.parametrize("text", ["[payback]\nrate = -3\n", "no toml [", "\udcff"])
def test_rules_that_cannot_be_used_are_said_and_the_built_in_ones_stand(folder, text):
    (folder / "rules.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    base = make_base(hosting(folder, rules="rules.toml"))
    assert [fault.what for fault in base.faults] == ["rules"]
    assert base.settings.differences() == {}


def test_files_are_read_again_only_when_they_changed(folder):
    settings = hosting(folder, projects="list.csv")
    before = mark_files(settings)
    assert mark_files(settings) == before
    (folder / "list.csv").write_text("changed", encoding="utf-8")
    assert mark_files(settings) != before
    (folder / "list.csv").unlink()
    assert mark_files(settings)[0][-1] == -1


def test_settings_come_from_secrets_the_configuration_file_and_the_environment(tmp_path):
    config = tmp_path / "evaluator.toml"
    config.write_text('[evaluator]\nregister = "a.csv"\nplaces = "p.csv"\n', encoding="utf-8")
    found, faults = find_hosting(
        {"evaluator": {"register": "b.csv", "store": "off"}, "auth": {"x": 1}},
        {"EVALUATOR_CONFIG": str(config), "EVALUATOR_MARKETS": "m.csv"},
    )
    assert found.files == {"register": "b.csv", "places": "p.csv", "markets": "m.csv"}
    assert (found.store, faults) == (None, ())


@pytest.mark.parametrize(
    ("secrets", "environ"),
    [
        ({"evaluator": {"regster": "a.csv"}}, {}),
        ({"evaluator": {"snapshot_days": "soon"}}, {}),
        ({}, {"EVALUATOR_SNAPSHOT_DAYS": "soon"}),
        ({}, {"EVALUATOR_CONFIG": "/nowhere/evaluator.toml"}),
    ],
)
def test_settings_that_are_not_understood_are_said_and_left_aside(secrets, environ):
    found, faults = find_hosting(secrets, environ)
    assert [fault.what for fault in faults] == ["settings"]
    assert found.snapshot_days == 365
