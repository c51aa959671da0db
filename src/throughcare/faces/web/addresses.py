"""Every address of the program, subject by subject."""

from django.urls import URLPattern

from throughcare.faces.web.admission import addresses as admission
from throughcare.faces.web.aftercare import addresses as aftercare
from throughcare.faces.web.audit import addresses as audit
from throughcare.faces.web.boards import addresses as boards
from throughcare.faces.web.care_plans import addresses as care_plans
from throughcare.faces.web.check_ins import addresses as check_ins
from throughcare.faces.web.clinic import addresses as clinic
from throughcare.faces.web.clinic_export import addresses as clinic_export
from throughcare.faces.web.community import addresses as community
from throughcare.faces.web.consents import addresses as consents
from throughcare.faces.web.conversations import addresses as conversations
from throughcare.faces.web.cover import addresses as cover
from throughcare.faces.web.crisis import addresses as crisis
from throughcare.faces.web.curricula import addresses as curricula
from throughcare.faces.web.daily import addresses as daily
from throughcare.faces.web.discharges import addresses as discharges
from throughcare.faces.web.downtime import addresses as downtime
from throughcare.faces.web.drug_tests import addresses as drug_tests
from throughcare.faces.web.emergencies import addresses as emergencies
from throughcare.faces.web.exercises import addresses as exercises
from throughcare.faces.web.family import addresses as family
from throughcare.faces.web.front_desk import addresses as front_desk
from throughcare.faces.web.groups import addresses as groups
from throughcare.faces.web.health import addresses as health
from throughcare.faces.web.homework import addresses as homework
from throughcare.faces.web.independence import addresses as independence
from throughcare.faces.web.intake import addresses as intake
from throughcare.faces.web.legal import addresses as legal
from throughcare.faces.web.letters import addresses as letters
from throughcare.faces.web.level_watch import addresses as level_watch
from throughcare.faces.web.measures import addresses as measures
from throughcare.faces.web.medications import addresses as medications
from throughcare.faces.web.message_hooks import addresses as message_hooks
from throughcare.faces.web.messages import addresses as messages
from throughcare.faces.web.my_pages import addresses as my_pages
from throughcare.faces.web.my_people import addresses as my_people
from throughcare.faces.web.my_plan import addresses as my_plan
from throughcare.faces.web.notes_apart import addresses as notes_apart
from throughcare.faces.web.notices import addresses as notices
from throughcare.faces.web.notifications import addresses as notifications
from throughcare.faces.web.offline import addresses as offline
from throughcare.faces.web.own_record import addresses as own_record
from throughcare.faces.web.own_week import addresses as own_week
from throughcare.faces.web.parts import addresses as parts
from throughcare.faces.web.placement import addresses as placement
from throughcare.faces.web.preparing import addresses as preparing
from throughcare.faces.web.progress import addresses as progress
from throughcare.faces.web.public_pages import addresses as public_pages
from throughcare.faces.web.questionnaires import addresses as questionnaires
from throughcare.faces.web.referrals import addresses as referrals
from throughcare.faces.web.releases import addresses as releases
from throughcare.faces.web.rewards import addresses as rewards
from throughcare.faces.web.safety_plans import addresses as safety_plans
from throughcare.faces.web.seats import addresses as seats
from throughcare.faces.web.sessions import addresses as sessions
from throughcare.faces.web.signing_in import addresses as signing_in
from throughcare.faces.web.slip_risk import addresses as slip_risk
from throughcare.faces.web.tasks import addresses as tasks
from throughcare.faces.web.timetable import addresses as timetable
from throughcare.faces.web.watch import addresses as watch
from throughcare.faces.web.week import addresses as week
from throughcare.faces.web.week_rules import addresses as week_rules
from throughcare.faces.web.worries import addresses as worries

urlpatterns: list[URLPattern] = [
    *admission.addresses,
    *aftercare.addresses,
    *audit.addresses,
    *boards.addresses,
    *care_plans.addresses,
    *check_ins.addresses,
    *clinic.addresses,
    *community.addresses,
    *consents.addresses,
    *conversations.addresses,
    *cover.addresses,
    *crisis.addresses,
    *curricula.addresses,
    *daily.addresses,
    *discharges.addresses,
    *downtime.addresses,
    *clinic_export.addresses,
    *drug_tests.addresses,
    *emergencies.addresses,
    *exercises.addresses,
    *family.addresses,
    *front_desk.addresses,
    *groups.addresses,
    *health.addresses,
    *homework.addresses,
    *independence.addresses,
    *intake.addresses,
    *legal.addresses,
    *letters.addresses,
    *level_watch.addresses,
    *measures.addresses,
    *medications.addresses,
    *message_hooks.addresses,
    *messages.addresses,
    *my_pages.addresses,
    *my_people.addresses,
    *my_plan.addresses,
    *notices.addresses,
    *notes_apart.addresses,
    *notifications.addresses,
    *offline.addresses,
    *own_record.addresses,
    *own_week.addresses,
    *parts.addresses,
    *placement.addresses,
    *preparing.addresses,
    *progress.addresses,
    *public_pages.addresses,
    *questionnaires.addresses,
    *referrals.addresses,
    *releases.addresses,
    *rewards.addresses,
    *safety_plans.addresses,
    *seats.addresses,
    *sessions.addresses,
    *signing_in.addresses,
    *slip_risk.addresses,
    *tasks.addresses,
    *timetable.addresses,
    *watch.addresses,
    *week.addresses,
    *week_rules.addresses,
    *worries.addresses,
]
