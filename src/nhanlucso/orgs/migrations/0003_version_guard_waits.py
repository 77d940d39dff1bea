"""Two transactions that write versions of one unit at once wait for each other, so that both see what the other wrote.

SQLite lets only one write anyway.
"""

from django.db import migrations

GUARD = """CREATE OR REPLACE FUNCTION orgs_version_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {wait}
  IF EXISTS (SELECT 1 FROM orgs_unitversion o WHERE o.unit_id = NEW.unit_id AND o.id <> NEW.id
             AND o.valid_from <= NEW.valid_to AND NEW.valid_from <= o.valid_to) THEN
    RAISE EXCEPTION 'versions of one unit overlap' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END $$"""
WAIT = "PERFORM 1 FROM orgs_unit WHERE id = NEW.unit_id FOR NO KEY UPDATE;"


def wait(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD.replace("{wait}", WAIT))


def do_not_wait(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD.replace("{wait}", ""))


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_versions_never_overlap")]
    operations = [migrations.RunPython(wait, do_not_wait)]
