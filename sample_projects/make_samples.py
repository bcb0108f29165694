"""Write every sample file anew; the same bytes on every run and machine.

Run ``python sample_projects/make_samples.py``. Everything in the files is invented except county codes and names.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

if __package__ in {None, ""}:  # run as a script: the packages lie beside this folder
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from evaluator.domain.tables import TABLE_FIELDS
from evaluator.language import LANGUAGES
from evaluator.reference.products import products
from evaluator.report.workbook import write_template
from sample_projects import county, faults, households, published
from sample_projects.flows import flows
from sample_projects.proposals import EMPLOYMENT, INDUSTRY, PROPOSALS, Row

HERE = Path(__file__).resolve().parent
SEED = 20250101


def _random(part: int) -> np.random.Generator:
    """An own stream for each part, so that one part can change without moving the others."""
    return np.random.Generator(np.random.PCG64([SEED, part]))


def proposals(townships: dict[str, county.Point]) -> list[Row]:
    """The proposals with ids and, for two in three, a place on the map."""
    rng = _random(1)
    rows = []
    for number, row in enumerate(PROPOSALS, start=1):
        lon, lat = county.near(rng, townships[row["township"]])
        placed = {"lon": lon, "lat": lat} if row["kind"] in {INDUSTRY, EMPLOYMENT} and number % 3 else {}
        rows.append({**row, "project_id": f"MG2025-{number:03d}", **placed})
    return rows


def files() -> Iterator[tuple[str, bytes]]:
    """Every sample file: path below ``sample_projects`` and content."""
    townships = county.township_points(_random(0))
    rows = proposals(townships)
    names = {product_id: product.synonyms_zh[0].lstrip("?") for product_id, product in products().items()}
    cells, merges = published.grid(rows, names)
    shares = published.percent_places()
    yield "county/projects.csv", published.as_csv(cells, percent=shares)
    yield "county/projects.xlsx", published.as_xlsx(cells, merges, sheet="项目库", percent=shares)
    yield "county/projects_en.csv", published.as_csv(list(published.english(rows)))
    registered = county.register(_random(2), townships)
    supply = county.supply_by_product(registered, rows)
    tables = {
        "register": registered,
        "places": county.places(_random(3)),
        "markets": county.markets(supply),
        "prices": county.prices(_random(4)),
        "vacancies": list(county.vacancies()),
        "flows": flows(rows),
    }
    tables["panel"], tables["panel_truth"] = households.panel(_random(5))
    for name, table in tables.items():
        yield f"county/{name}.csv", published.as_csv(table)
    yield "faulty/faulty.csv", published.as_csv(faults.faulty())
    yield "faulty/faulty.xlsx", published.as_xlsx(faults.faulty(), (), sheet="项目")
    for table_name in TABLE_FIELDS:
        for language in LANGUAGES:
            yield f"templates/{table_name}_{language}.xlsx", write_template(table_name, language)


def main(target: Path = HERE) -> None:
    """Write all files below ``target``."""
    for name, data in files():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
