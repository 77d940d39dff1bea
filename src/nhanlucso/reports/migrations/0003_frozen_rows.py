"""What was submitted never changes: the database itself refuses to change or delete a revision or a step. Only the
account of a step may go, with the account itself.

A later migration that alters one of the two tables must set the guards anew: SQLite drops them with the old table.
"""

from django.db import migrations

REVISION, STEP = "reports_reportrevision", "reports_reportstep"
SAID = "what was submitted is never changed"
OF_STEP = "report_id, revision_id, verb, at, comment, found"

SQLITE = [
    f"CREATE TRIGGER {table}_no_{what.split()[0].lower()} BEFORE {what} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    for table, changes in ((REVISION, "UPDATE"), (STEP, f"UPDATE OF {OF_STEP}"))
    for what in (changes, "DELETE")
]
POSTGRES = [
    f"""CREATE FUNCTION reports_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAID}'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_frozen BEFORE {changes} OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION reports_frozen()"""
        for table, changes in ((REVISION, "UPDATE"), (STEP, f"UPDATE OF {OF_STEP}"))
    ),
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_sign_off")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
