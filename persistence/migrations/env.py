"""Alembic's environment: runs the scripts on the connection that `persistence.migrate` has opened and locked."""

from alembic import context

from persistence.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
