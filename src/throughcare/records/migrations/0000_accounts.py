import django.db.models.deletion
import throughcare.records.sealed
import throughcare.records.tables_at_once
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        throughcare.records.tables_at_once.TablesAtOnce(
            operations=[
                migrations.CreateModel(
                    name="Organization",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "neutral_name",
                            models.CharField(help_text="What messages are signed with", max_length=60),
                        ),
                        ("phone", models.CharField(blank=True, max_length=30)),
                        ("founded_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accounts",
                                to="records.organization",
                            ),
                        ),
                        ("email", throughcare.records.sealed.PrivateText(max_length=254)),
                        (
                            "email_mark",
                            models.CharField(
                                help_text="Keyed; by it the account is found", max_length=32, unique=True
                            ),
                        ),
                        ("name", throughcare.records.sealed.PrivateText(max_length=200)),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                help_text="In which pages are read; empty: as the browser asks",
                                max_length=8,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("suspended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
    ]
