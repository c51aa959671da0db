"""Takes one export, a process of its own: `python -m throughcare.faces.clinic_export <request> <folder>`."""

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from uuid import UUID


def main() -> int:
    """Take the export that two people stand for; told as JSON on standard output, or why not on standard error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    from django.utils import timezone

    from throughcare.faces.clinic_export.drawing import draw_person
    from throughcare.pathway.cannot import Absent, Cannot
    from throughcare.pathway.clinic_export.asking import take_export
    from throughcare.pathway.clinic_export.folder import refuse_full
    from throughcare.pathway.clinic_export.writing import write_clinic

    request, folder, began = UUID(sys.argv[1]), Path(sys.argv[2]), time.monotonic()
    try:
        refuse_full(folder)
        allowance = take_export(request, at=timezone.now())
        written = write_clinic(allowance, folder, draw=draw_person, say=_progress)
    except Absent:
        return _no("nobody asked for an export with this id: it stands under Clinic, Export")
    except Cannot as cannot:
        return _no(cannot.because)
    answer = {
        **asdict(written),
        "seconds": round(time.monotonic() - began, 2),
        "watermark": allowance.watermark,
    }
    print(json.dumps(answer))  # noqa: T201  # for the command that started us
    return 0


def _progress(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201


def _no(words: str) -> int:
    print(f"throughcare export-clinic: {words}", file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
