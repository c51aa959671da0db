"""What happened: Django models, database constraints, migrations. Facts are appended."""
