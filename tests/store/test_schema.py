from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from evaluator.store.schema import metadata


def test_the_migrations_make_the_tables_as_they_are_described(store):
    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection), metadata)

    assert store.read(differences) == []
