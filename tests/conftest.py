import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from evaluator.domain.case import Case
from evaluator.domain.settings import Settings
from evaluator.intake.flows import read_flows
from evaluator.intake.read import read_portfolio
from evaluator.intake.tables import read_markets, read_places, read_prices, read_vacancies

settings.register_profile("no times", deadline=None)  # a busy machine is no fault
settings.load_profile("no times")

COUNTY = Path(__file__).parents[1] / "sample_projects" / "county"


@pytest.fixture(scope="session", autouse=True)
def no_one_elses_settings(tmp_path_factory):
    """No test reads the settings of whoever runs it, nor writes to their store."""
    for key in [key for key in os.environ if key.startswith("EVALUATOR_")] + ["DATABASE_URL"]:
        os.environ.pop(key, None)
    os.environ["EVALUATOR_STORE"] = str(tmp_path_factory.mktemp("store") / "store.sqlite")


@pytest.fixture(scope="session", autouse=True)
def components_are_looked_for_once():
    """For every app it opens, AppTest searches all installed packages for components of the library: half its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def case():
    """The sample county with everything a case can hold."""
    readers = {"places": read_places, "markets": read_markets, "prices": read_prices, "vacancies": read_vacancies}
    tables = {name: read(COUNTY / f"{name}.csv") for name, read in readers.items()}
    projects = read_portfolio(COUNTY / "projects.xlsx")
    first, second = projects.frame.index[:2]
    return Case(
        projects=projects,
        register=read_portfolio(COUNTY / "register.csv"),
        **tables,
        flows=read_flows(COUNTY / "flows.csv"),
        facts={
            str(first): {
                "benefit_years": 0.1 + 0.2,
                "start": date(2026, 3, 1),
                "link_mechanisms": ("wage", "contract"),
            },
            str(second): {"investment_yuan": None, "note": "x"},
        },
        settings=Settings().with_values({"weights.demand": 1 / 3, "payback.rate": 0.07}),
        as_of=date(2025, 6, 30),
        top=7,
        view={"lang": ("zh",), "town": ("云顶镇", "a;b")},
        page="ranking",
        files={"projects": "projects.xlsx"},
        version="9.9",
        fingerprint="abc",
        saved="2026-01-02T03:04:05Z",
    )
