from pathlib import Path

import pytest

from evaluator.domain.errors import SettingsError
from evaluator.domain.hosting import Hosting, default_store, read_hosting, section_of

HOME = {"HOME": "/home/county"}


def test_nothing_set_means_the_sample_and_a_store_of_ones_own():
    found = read_hosting({}, HOME)
    assert found == Hosting(store="/home/county/.local/share/evaluator/evaluator.sqlite")


def test_a_section_names_files_rules_and_store():
    text = '[evaluator]\nprojects = "data/list.xlsx"\nrules = "rules.toml"\nstore = "off"\nsnapshot_days = 30\n'
    found = read_hosting(section_of(text), HOME)
    assert (found.files, found.rules) == ({"projects": "data/list.xlsx"}, "rules.toml")
    assert (found.store, found.snapshot_days) == (None, 30)


def test_the_environment_goes_before_the_file():
    found = read_hosting(
        {"register": "a.csv", "store": "x.sqlite"},
        {"EVALUATOR_REGISTER": "b.csv", "EVALUATOR_MARKETS": " m.csv ", "DATABASE_URL": "postgresql://h/d"},
    )
    assert found.files == {"register": "b.csv", "markets": "m.csv"}
    assert found.store == "x.sqlite"
    assert read_hosting({}, {"DATABASE_URL": "postgresql://h/d"}).store == "postgresql://h/d"


def test_a_slip_of_the_pen_is_noticed():
    assert read_hosting({"regster": "a.csv", "database": {"url": "x"}}, HOME).unknown == ("database", "regster")


@pytest.mark.parametrize(("text", "days"), [("0", None), ("7", 7)])
def test_days_of_a_snapshot(text, days):
    assert read_hosting({"snapshot_days": text}, HOME).snapshot_days == days


@pytest.mark.parametrize("text", ["-1", "1.5", "soon", "99999999"])
def test_impossible_days_are_refused(text):
    with pytest.raises(SettingsError):
        read_hosting({"snapshot_days": text}, HOME)


def test_text_that_is_no_toml_is_refused_and_other_sections_are_not_read():
    with pytest.raises(SettingsError):
        section_of("[evaluator\n")
    assert section_of("[auth]\nclient_id = 'x'\n") == {}


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/h", "XDG_DATA_HOME": "/data"}, "/data"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support"),
        ("win32", {"USERPROFILE": "/u", "LOCALAPPDATA": "/u/local"}, "/u/local"),
        ("win32", {"USERPROFILE": "/u"}, "/u/AppData/Local"),
    ],
)
def test_each_system_has_its_data_folder(platform, environ, folder):
    assert default_store(environ, platform) == Path(folder, "evaluator", "evaluator.sqlite")


@pytest.mark.parametrize(
    ("said", "allowed"), [({}, None), ({"household_files": True}, True), ({"household_files": "on"}, True)]
)
def test_household_files_are_on_only_when_said(said, allowed):
    assert read_hosting(said, HOME).household_files is allowed
    assert read_hosting(said, {"EVALUATOR_HOUSEHOLD_FILES": "perhaps"}).household_files is False
