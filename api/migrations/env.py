"""What Alembic runs for each command: the connection comes from `api.migrations`, never from a file."""

from alembic import context
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateTableOp, ExecuteSQLOp, MigrationScript

from api.tables import metadata

REFUSE = """\
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only added, never changed or deleted', TG_TABLE_NAME;
END $$"""
TRIGGER = (
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
)


def guard_append_only(_context: MigrationContext, _revision: object, scripts: list[MigrationScript]) -> None:
    """Give each new table that is marked `append_only` the trigger that refuses changes."""
    for script in scripts:
        for steps in script.upgrade_ops_list:
            made = [step for step in steps.ops if isinstance(step, CreateTableOp) and step.info.get("append_only")]
            statements = [REFUSE, *(TRIGGER.format(table=step.table_name) for step in made)] if made else []
            steps.ops.extend(map(ExecuteSQLOp, statements))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    process_revision_directives=guard_append_only,
)
with context.begin_transaction():
    context.run_migrations()
