"""Alembic runs this; the connection is given by `seenred.infrastructure.database.migration`."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
