"""What Alembic runs: the migrations, on the connection and within the transaction of `db.schema`."""

from alembic import context

from db.models import Person

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Person.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=context.config.attributes.get("render_item"),
)
context.run_migrations()
