"""Every address of the program, subject by subject."""

from django.urls import URLPattern

from throughcare.faces.web.admission import addresses as admission
from throughcare.faces.web.audit import addresses as audit
from throughcare.faces.web.boards import addresses as boards
from throughcare.faces.web.care_plans import addresses as care_plans
from throughcare.faces.web.clinic import addresses as clinic
from throughcare.faces.web.consents import addresses as consents
from throughcare.faces.web.discharges import addresses as discharges
from throughcare.faces.web.emergencies import addresses as emergencies
from throughcare.faces.web.family import addresses as family
from throughcare.faces.web.front_desk import addresses as front_desk
from throughcare.faces.web.groups import addresses as groups
from throughcare.faces.web.intake import addresses as intake
from throughcare.faces.web.legal import addresses as legal
from throughcare.faces.web.measures import addresses as measures
from throughcare.faces.web.my_pages import addresses as my_pages
from throughcare.faces.web.notes_apart import addresses as notes_apart
from throughcare.faces.web.notices import addresses as notices
from throughcare.faces.web.parts import addresses as parts
from throughcare.faces.web.placement import addresses as placement
from throughcare.faces.web.progress import addresses as progress
from throughcare.faces.web.public_pages import addresses as public_pages
from throughcare.faces.web.referrals import addresses as referrals
from throughcare.faces.web.releases import addresses as releases
from throughcare.faces.web.sessions import addresses as sessions
from throughcare.faces.web.signing_in import addresses as signing_in
from throughcare.faces.web.timetable import addresses as timetable
from throughcare.faces.web.week import addresses as week
from throughcare.faces.web.week_rules import addresses as week_rules

urlpatterns: list[URLPattern] = [
    *admission.addresses,
    *audit.addresses,
    *boards.addresses,
    *care_plans.addresses,
    *clinic.addresses,
    *consents.addresses,
    *discharges.addresses,
    *emergencies.addresses,
    *family.addresses,
    *front_desk.addresses,
    *groups.addresses,
    *intake.addresses,
    *legal.addresses,
    *measures.addresses,
    *my_pages.addresses,
    *notices.addresses,
    *notes_apart.addresses,
    *parts.addresses,
    *placement.addresses,
    *progress.addresses,
    *public_pages.addresses,
    *referrals.addresses,
    *releases.addresses,
    *sessions.addresses,
    *signing_in.addresses,
    *timetable.addresses,
    *week.addresses,
    *week_rules.addresses,
]
