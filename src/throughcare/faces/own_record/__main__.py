"""Makes one copy, a process of its own: `python -m throughcare.faces.own_record <id of the copy>`."""

import os
import sys
from uuid import UUID


def main() -> int:
    """Make the copy that is named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    from django.utils import timezone

    from throughcare.faces.own_record.drawing import draw_files
    from throughcare.pathway.own_record.copies import make_copy

    make_copy(UUID(sys.argv[1]), draw=draw_files, at=timezone.now())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
