"""What Alembic runs for every migration: on the connection it is handed, in the transaction already begun."""

from alembic import context

from evaluator.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
