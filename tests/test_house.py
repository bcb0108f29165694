"""The house holds: floors, homes of outside packages, a test beside every module, a README that names every room."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "evaluator"

# Ground first. Rooms on one floor do not know each other; a room imports lower floors only.
FLOORS = (
    {"language"},
    {"domain"},
    {"reference"},
    {"criteria", "intake"},
    {"flags", "rules"},
    {"balance", "calibration", "categories", "choice", "income", "network", "questions", "remedies"},
    {"incomes", "judgement", "provenance"},
    {"charts", "evaluation", "store"},
    {"committee", "outlook", "selection"},
    {"report"},
    {"pages", "__main__"},
)
OPEN = {"__init__"}  # the face of the package names every room it shows

HOMES = {
    "streamlit": {"pages"},
    "altair": {"charts"},
    "statsmodels": {"income"},
    "python_calamine": {"intake"},
    "xlrd": {"intake"},
    "xlsxwriter": {"report"},
    "docx": {"report"},
    "typst": {"report"},
    "vl_convert": {"report"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "networkx": {"network"},
    "scipy": {"criteria", "calibration", "choice", "income", "reference"},
    "narwhals": {"intake", "income"},
    "duckdb": {"intake", "income"},
    "polars": {"intake", "income"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    return next(level for level, rooms in enumerate(FLOORS) if name in rooms)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_every_room_has_a_floor():
    unknown = {room(path) for path in modules()} - set().union(*FLOORS) - OPEN
    assert not unknown


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_down(path):
    here = room(path)
    if here in OPEN:
        return
    for name in imports(path):
        if not name.startswith("evaluator."):
            continue
        there = name.split(".")[1]
        if there in OPEN or there == here:
            continue
        assert floor(there) < floor(here), f"{here} imports {name}: arrows run down only"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_outside_packages_live_in_their_room(path):
    for name in imports(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or room(path) in homes, f"{name} lives in {homes}"


@pytest.mark.slow
def test_heavy_packages_are_not_imported_at_start():
    """statsmodels and scipy.stats cost seconds: only inside the functions that need them."""
    script = "import sys, evaluator as ev; ev.evaluate, ev.read_portfolio; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    late = {"statsmodels", "scipy.stats", "streamlit", "altair", "xlsxwriter", "networkx"}
    assert not loaded & (late | {"duckdb", "polars", "sqlalchemy", "typst", "docx", "vl_convert"})


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_has_a_test_beside_it(path):
    if path.name == "__init__.py" and not any(
        isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        for node in ast.parse(path.read_text("utf-8")).body
    ):
        return
    relative = path.relative_to(PACKAGE)
    name = relative.parent.name if path.name == "__init__.py" else path.stem.strip("_")
    assert (ROOT / "tests" / relative.parent / f"test_{name}.py").is_file()


def test_readme_maps_every_room():
    text = (ROOT / "README.md").read_text("utf-8")
    rooms = {room(path) for path in modules()} - OPEN
    missing = {name for name in rooms if not re.search(rf"`(evaluator/)?{re.escape(name)}(/|\.py|`)", text)}
    assert not missing


def test_nothing_reads_outside_the_repository():
    for path in (*modules(), ROOT / "app.py", *(ROOT / "sample_projects").glob("*.py")):
        text = path.read_text("utf-8")
        assert "unsafe_allow_html" not in text, path
        assert not re.search(r"\bpickle\b", text), path


def test_every_file_of_the_package_is_packed():
    """A file that stands beside the modules is named by a pattern, or an installed package would lack it."""
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"][
        "evaluator"
    ]
    packed = {path for pattern in patterns for path in PACKAGE.glob(pattern)}
    files = {path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert not {path for path in files - packed if path.suffix not in (".py", ".pyc")}
