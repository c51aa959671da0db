"""`throughcare verify-audit`: follow the book of accesses from its first row; exit 0 when it holds, 1 when not."""

import argparse
from datetime import UTC, datetime

from throughcare.faces.cli.exchange import print_answer
from throughcare.faces.cli.installation import start_django, use_data_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is; words or JSON."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Verify each organization's chain and say how far it holds."""
    use_data_folder(arguments.data)
    start_django()
    from throughcare.pathway.privacy.chain import verify_every_chain

    reports = verify_every_chain(at=datetime.now(UTC))
    if arguments.json:
        print_answer(
            [
                {
                    "organization": report.organization,
                    "rows": report.rows,
                    "broken_at": report.broken_at,
                    "because": report.because,
                }
                for report in reports
            ]
        )
    else:
        for report in reports:
            print(report.in_words())
    return 0 if all(report.broken_at is None for report in reports) else 1
