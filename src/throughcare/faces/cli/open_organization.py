"""`throughcare open-organization`: one more organization in this installation, behind a wall from the others."""

import argparse
from datetime import UTC, datetime

from throughcare.faces.cli.exchange import WrongInput
from throughcare.faces.cli.installation import migrate, start_django, use_data_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The organization, its first site, and who administers it first."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")
    parser.add_argument("--name", required=True, help="the organization's name")
    parser.add_argument("--phone", default="", help="its phone number")
    parser.add_argument("--site", required=True, help="the first site's name")
    parser.add_argument("--time-zone", required=True, help="the site's time zone, such as America/New_York")
    parser.add_argument("--address", default="", help="the site's address")
    parser.add_argument("--given-name", required=True, help="the first administrator's given name")
    parser.add_argument("--family-name", required=True, help="and family name")
    parser.add_argument("--email", required=True, help="and e-mail address, with which they sign in")


def run(arguments: argparse.Namespace) -> int:
    """Open it; print its public page and the link with which the administrator sets a password."""
    use_data_folder(arguments.data)
    start_django()
    migrate()
    from throughcare.pathway.cannot import Cannot
    from throughcare.pathway.clinic.clinic import FirstClinic, open_another_organization

    first = FirstClinic(
        organization=arguments.name,
        phone=arguments.phone,
        site=arguments.site,
        time_zone=arguments.time_zone,
        address=arguments.address,
        given_name=arguments.given_name,
        family_name=arguments.family_name,
        email=arguments.email,
    )
    try:
        organization, token = open_another_organization(first, at=datetime.now(UTC))
    except Cannot as cannot:
        raise WrongInput(cannot.because) from cannot
    print(f"{arguments.name} is open. Its public page: /at/{organization}/welcome")
    print(f"{arguments.email} sets a password within three days here: /sign-in/link/{token}")
    return 0
