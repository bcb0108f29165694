"""Compressed cells give what ordinary least squares on every row gives."""

from dataclasses import replace

import numpy as np
import pandas as pd

from evaluator.income.cells import compress_frame


def unbalanced(seed=0, clusters=6, units=5, years=6):
    random = np.random.default_rng(seed)
    rows = [
        (f"V{c}H{h}", f"V{c}", 2000 + t, 0 if c % 3 == 0 else 2002 + c % 2, random.normal(), random.normal())
        for c in range(clusters)
        for h in range(units)
        for t in range(years)
        if random.random() < 0.8
    ]
    return pd.DataFrame(rows, columns=["unit_id", "cluster_id", "year", "first_year", "outcome", "x"])


def test_normal_equations_equal_those_of_every_row():
    frame = unbalanced()
    cells = compress_frame(frame)
    s, u = cells.moments()
    treated = cells.groups["first_year"].to_numpy()
    design = (treated[:, None] > 0) & (cells.years[None, :] >= treated[:, None])
    years = np.eye(len(cells.years))[1:]
    x = np.concatenate([design[:, :, None].astype(float), np.repeat(years.T[None], len(design), 0)], axis=2)
    b = np.linalg.solve(np.einsum("gtp,gts,gsq->pq", x, s, x), np.einsum("gtp,gt->p", x, u[:, :, 0]))

    on = (frame["first_year"] > 0) & (frame["year"] >= frame["first_year"])
    full = pd.concat(
        [on.astype(float), pd.get_dummies(frame["year"], drop_first=True), pd.get_dummies(frame["unit_id"])], axis=1
    ).to_numpy(float)
    expected = np.linalg.lstsq(full, frame["outcome"].to_numpy(), rcond=None)[0][0]
    assert abs(b[0] - expected) < 1e-10


def test_what_is_kept_of_cells_never_outlives_a_change():
    cells = compress_frame(unbalanced())
    first, kinds = cells.moments(), cells.kinds()
    assert all(one is other and not one.flags.writeable for one, other in zip(cells.moments(), first, strict=True))
    np.testing.assert_array_equal(kinds[0][kinds[1]], cells.attended)
    changed = replace(cells, sums=2 * cells.sums)
    np.testing.assert_allclose(changed.moments()[1], 2 * first[1])


def test_groups_mix_their_kinds_in_any_order_of_patterns():
    cells = compress_frame(unbalanced(1))
    there = cells.mix(cells.weight, cells.kinds()[0].astype(float))
    for group in range(len(cells.groups)):
        among = cells.group == group
        np.testing.assert_allclose(there[group], cells.weight[among] @ cells.attended[among])
    turned = replace(
        cells, **{name: getattr(cells, name)[::-1] for name in ("group", "attended", "units", "weight", "sums")}
    )
    for one, other in zip(cells.moments(), turned.moments(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)
