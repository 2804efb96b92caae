"""Alembic's entry: the connection comes from store_schema.py, in a transaction that is open already."""

from alembic import context

from clientdesk.adapters.store_tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
