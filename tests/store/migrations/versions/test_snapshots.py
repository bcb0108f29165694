from sqlalchemy import inspect


def test_a_snapshot_is_found_by_its_id(store):
    key = store.read(lambda connection: inspect(connection).get_pk_constraint("snapshots"))
    assert key["constrained_columns"] == ["id"]
