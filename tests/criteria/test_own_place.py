"""What stands in a project's own place besides itself."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.own_place import in_own_group, sum_by, sum_own_group
from evaluator.criteria.rivals import lay_out


def test_sums_by_key_are_sorted_and_do_not_depend_on_order():
    yuan = np.array([0.1, 0.2, 0.3, 1e9, 5.0])
    key = np.array([3, 3, 3, 3, 1])
    keys, sums = sum_by(key, yuan)
    again = sum_by(key[::-1], yuan[::-1])[1]
    assert keys.tolist() == [1, 3]
    assert sums.tobytes() == again.tobytes()
    assert len(sum_by(key[:0], yuan[:0])[0]) == 0


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([102.0, 103.0]),
            st.sampled_from(["apple", "pear"]),
            st.sampled_from([None, "V"]),
            st.floats(1, 1e11),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_own_group_leaves_out_the_project_and_its_venture(rows):
    frame = pd.DataFrame(rows, columns=["lon", "product", "joint_venture_id", "investment_yuan"]).assign(lat=28.0)
    field = lay_out(frame, adjacent={})
    (layer,) = field.layers
    assert in_own_group(layer).all()
    found = sum_own_group(layer, field.classes.row_class, field)
    for i in range(len(rows)):
        same = (
            (frame["lon"] == frame["lon"][i])
            & (frame["product"] == frame["product"][i])
            & (field.actor != field.actor[i])
        )
        np.testing.assert_allclose(found[i], frame["investment_yuan"][same].sum(), rtol=1e-14)
