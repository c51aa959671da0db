"""The database itself refuses to change or remove what may only be added."""

from django.db import migrations

from throughcare.records.append_only import raising


def raise_guards(apps, schema_editor):
    for sentence in raising(schema_editor.connection.vendor):
        schema_editor.execute(sentence)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_the_house")]
    operations = [migrations.RunPython(raise_guards, migrations.RunPython.noop)]
