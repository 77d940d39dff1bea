"""Versions of one unit never overlap: the database itself refuses.

An exclusion constraint would need an extension that not every PostgreSQL has, and SQLite has none.
"""

from django.db import migrations

OVERLAP = """SELECT 1 FROM orgs_unitversion o WHERE o.unit_id = NEW.unit_id AND o.id <> NEW.id
  AND o.valid_from <= NEW.valid_to AND NEW.valid_from <= o.valid_to"""

SQLITE = [
    f"""CREATE TRIGGER orgs_version_overlap_{verb.split()[0].lower()} AFTER {verb} ON orgs_unitversion
    WHEN EXISTS ({OVERLAP}) BEGIN SELECT RAISE(ABORT, 'versions of one unit overlap'); END"""
    for verb in ("INSERT", "UPDATE")
]
POSTGRES = [
    f"""CREATE FUNCTION orgs_version_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS ({OVERLAP}) THEN
        RAISE EXCEPTION 'versions of one unit overlap' USING ERRCODE = 'exclusion_violation';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER orgs_version_overlap AFTER INSERT OR UPDATE ON orgs_unitversion
    FOR EACH ROW EXECUTE FUNCTION orgs_version_overlap()""",
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
