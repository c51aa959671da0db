"""The census of routes as others script it: in an empty folder, without keys, without a database."""

import json
import os
import subprocess
import sys


def test_the_routes_are_listed_where_there_is_no_installation(tmp_path):
    bare = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    told = subprocess.run(
        [sys.executable, "-m", "throughcare.faces.cli.main", "routes", "--json"],
        cwd=tmp_path,
        env=bare,
        capture_output=True,
        text=True,
        check=True,
    )
    rows = json.loads(told.stdout)
    assert all(set(row) >= {"method", "path", "name", "roles", "public"} for row in rows)
    assert all(row["public"] or row["roles"] for row in rows)
    assert list(tmp_path.iterdir()) == []
