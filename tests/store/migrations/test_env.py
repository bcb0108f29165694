from alembic import command
from sqlalchemy import inspect

from evaluator.store.engine import make_config


def test_the_way_down_and_up_again_ends_where_it_began(store):
    def move(connection):
        config = make_config(connection)
        before = set(inspect(connection).get_table_names())
        command.downgrade(config, "base")
        bare = set(inspect(connection).get_table_names())
        command.upgrade(config, "head")
        return before, bare, set(inspect(connection).get_table_names())

    before, bare, after = store.write(move)
    assert bare == {"alembic_version"}
    assert before == after
    assert "snapshots" in after
