from sqlalchemy import inspect


def test_a_message_and_a_version_are_unique_in_the_database(store):
    unique = store.read(lambda connection: inspect(connection).get_unique_constraints("committee_log"))
    assert {tuple(found["column_names"]) for found in unique} == {("token",), ("round", "subject", "version")}
