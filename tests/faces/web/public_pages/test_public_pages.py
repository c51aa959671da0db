"""What a stranger reads, asks and leaves behind before the first call; and how staff write it."""

import re
from datetime import time, timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
import time_machine

from tests.cast import MONDAY, MORNING, at, gather_cast
from tests.week_cast import a_group
from throughcare.knowledge.public_pages.pages import ALL
from throughcare.knowledge.public_pages.words import sentences_of
from throughcare.pathway.program_settings import change_setting
from throughcare.records.accesses import Access, Submission
from throughcare.records.messages import Message
from throughcare.records.organizations import Organization
from throughcare.records.people import Account
from throughcare.records.public_pages import PagePublication, StartedRequest
from throughcare.records.referrals import Referral

pytestmark = pytest.mark.django_db
EVENING = time(17, 30)
GUIDE = "/is-this-right-for-me"
CALM = {
    "danger": "no", "thoughts": "no", "mind": "no", "stopping": "none", "body": "no",
    "days": "some", "use": "few", "tried": "weekly", "home": "good",
}  # fmt: skip


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(at(10), tick=False):
        yield


def read(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_every_page_is_found_read_and_light(cast, client):
    first = client.get("/welcome")
    assert "Help that fits around your life" in read(first)
    links = set(re.findall(r'href="(/about/[\w-]+)"', first.content.decode()))
    assert links == {f"/about/{slug}" for slug in ALL}
    for slug, page in ALL.items():
        answer = client.get(f"/about/{slug}")
        said, html = read(answer), answer.content.decode()
        assert page.title in said and all(line in said for line in sentences_of(page.body))
        assert f'<meta name="description" content="{page.summary}">' in html
        assert '<meta name="robots" content="index, follow">' in html and "988" in said
        assert len(answer.content) < 30_000
    assert client.get("/about/nothing").status_code == 404
    assert client.get("/about/level-guide").status_code == 404
    assert 'content="noindex"' in client.get("/ask-for-help/thanks").content.decode()
    assert "sessionid" not in client.cookies


def test_search_engines_get_the_public_pages_and_nothing_else(cast, client):
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" in robots and "Allow: /about/week\n" in robots and "/my/" not in robots
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = [one.text for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert "http://testserver/is-this-right-for-me" in found and len(found) == len(ALL) + 3


def test_nothing_stands_there_before_a_clinic_does(client):
    assert client.get("/welcome").status_code == 302
    assert client.get("/about/cost").status_code == 404
    assert "Allow: /about" not in client.get("/robots.txt").content.decode()


def test_the_guide_asks_one_by_one_and_keeps_nothing(cast, client, django_assert_max_num_queries):
    before = (Access.objects.count(), Submission.objects.count())
    assert "Nothing you answer is kept" in read(client.get(GUIDE))
    page = client.post(GUIDE, {"step": "start"})
    assert "life in danger" in read(page)
    assert "Choose the answer that fits best" in read(
        client.post(GUIDE, {"asked": "danger", "step": "next"}), 422
    )
    second = client.post(GUIDE, {"danger": "no", "asked": "danger", "step": "next"})
    assert "ending your life" in read(second)
    assert 'type="hidden" name="danger" value="no"' in second.content.decode()
    back = client.post(GUIDE, {"danger": "no", "asked": "thoughts", "step": "back"})
    assert "life in danger" in read(back)
    with django_assert_max_num_queries(8):
        last = client.post(GUIDE, {**CALM, "time": "video", "asked": "time", "step": "next"})
    said = read(last)
    assert "An intensive outpatient program may fit" in said and "not a diagnosis" in said
    assert "1-800-662-4357" in said and "212-555-0100" in said and "We hold groups by video" in said
    assert (Access.objects.count(), Submission.objects.count()) == before
    assert "sessionid" not in client.cookies
    assert all("?" not in link for link in re.findall(r'action="([^"]+)"', second.content.decode()))


@pytest.mark.parametrize(
    ("code", "choice", "says"),
    [
        ("danger", "life", "Call 911 now"),
        ("danger", "hurt", "Call or text 988 now"),
        ("thoughts", "plan", "Call or text 988 now"),
        ("mind", "yes", "Call or text 988 now"),
    ],
)
def test_a_dangerous_answer_shows_whom_to_call_at_once(cast, client, code, choice, says):
    given = {**CALM, code: choice}
    page = client.post(GUIDE, {**given, "asked": code, "step": "next"})
    assert says in read(page) and "tel:9" in page.content.decode()
    on = client.post(GUIDE, {**given, "time": "yes", "step": "on"})
    assert "Weekly visits may be enough" not in read(on)


def test_the_week_shows_times_and_open_seats_and_no_name(cast, client):
    a_group(cast, name="Maya’s secret circle", kind="cbt", track="evening", starts=EVENING)
    a_group(
        cast,
        name="Full house",
        kind="relapse-prevention",
        track="evening",
        weekday=2,
        starts=EVENING,
        capacity=1,
    )
    said = read(client.get("/about/week"))
    assert "Monday" in said and "Cognitive behavioral therapy" in said and "Seats open" in said
    assert "Wednesday" in said and "Ask us" in said
    assert "secret circle" not in said and "Full house" not in said


def test_no_estimate_before_the_clinic_has_said_its_price(cast, client):
    assert "Ask us what you would pay" in read(client.get("/about/cost"))
    for key, value in (("price.program_day", 260), ("price.first_visit", 300)):
        change_setting(key, value, effective_date=MONDAY, by=cast.admin, at=MORNING)
    assert "How would you pay?" in read(client.get("/about/cost"))
    self_pay = read(client.post("/about/cost", {"paying": "self", "people": "2", "income": "30000"}))
    assert "$3,240" in self_pay and "139 percent" in self_pay
    assert "$17,434" in self_pay and "written estimate" in self_pay
    insured = read(client.post("/about/cost", {"paying": "insurance", "copay": "30", "deductible_left": ""}))
    assert "$930" in insured and "Then you pay $30 for each day." in insured
    assert "Say what you pay for a visit" in read(client.post("/about/cost", {"paying": "insurance"}), 422)
    assert not Submission.objects.exists()


def test_asking_for_help_can_be_left_and_taken_up_again(cast, client):
    kept = client.post("/ask-for-help", {"who": "self", "name": "Ana", "reason": "Drinking", "step": "keep"})
    said = read(kept)
    code = re.search(r"\b(?:[2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}\b", said).group()
    row = StartedRequest.objects.get()
    assert row.answers["name"] == "Ana" and code not in row.code_mark and not Referral.objects.exists()
    opened = client.get(f"/go-on/{code}")
    assert "Ana" not in read(opened)
    assert "We don’t find anything" in read(client.post("/go-on", {"code": "AAAA-AAAA-AAAA-AAAA"}), 422)
    again = client.post("/go-on", {"code": code.lower()})
    assert 'value="Ana"' in again.content.decode() and "Drinking" in again.content.decode()
    sent = client.post("/go-on/send", {"code": code, "email": "ana@example.org"})
    assert "on its way" in read(sent)
    message = Message.objects.get()
    assert message.words == f"Harbor: here is the link you asked for. http://testserver/go-on/{code}"
    assert message.email == "ana@example.org" and "Harbor House" not in message.subject + message.words
    form = {"who": "self", "name": "Ana", "phone": "212-555-0199", "code": code}
    assert client.post("/ask-for-help", form).url == "/ask-for-help/thanks"
    assert Referral.objects.count() == 1 and not StartedRequest.objects.exists()
    assert "We don’t find anything" in read(client.post("/go-on", {"code": code}), 422)


def test_what_is_too_old_or_another_clinics_does_not_open(cast, client):
    from throughcare.pathway.public_page.started_requests import sweep_requests

    kept = read(client.post("/ask-for-help", {"name": "Ana", "step": "keep"}))
    code = re.search(r"\b(?:[2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}\b", kept).group()
    gather_cast("Other House", mail_host="other.test")
    other = Organization.objects.get(name="Other House").uid
    assert "We don’t find" in read(client.post(f"/at/{other}/go-on", {"code": code}), 422)
    with time_machine.travel(at(10) + timedelta(days=15), tick=False):
        assert "We don’t find" in read(client.post("/go-on", {"code": code}), 422)
        assert sweep_requests(at=at(10) + timedelta(days=15)) == "1 thrown away"
    assert not StartedRequest.objects.exists()


EDIT = "/clinic/public-pages/what-it-is/en"
OURS = "What is an intensive outpatient program?"


def test_staff_write_look_publish_and_go_back(cast, client):
    client.force_login(Account.objects.get(pk=cast.admin.account))
    assert "Ready-made words" in read(client.get("/clinic/public-pages/"))
    words = {"title": "What we do", "summary": "In short", "body": "## Hello\nCome <b>as you are</b>."}
    assert "¿Qué es" in client.get("/clinic/public-pages/what-it-is/es").content.decode()
    looked = client.post(EDIT, {**words, "do": "preview"})
    assert "&lt;b&gt;as you are" in looked.content.decode() and "Not saved yet" in read(looked)
    client.post(EDIT, {**words, "do": "save"})
    assert OURS in read(client.get("/about/what-it-is"))
    client.post(EDIT, {**words, "do": "publish"})
    shown = client.get("/about/what-it-is").content.decode()
    assert "What we do" in shown and "Come &lt;b&gt;as you are&lt;/b&gt;." in shown and OURS not in shown
    client.post(EDIT, {**words, "title": "What we do now", "do": "publish"})
    page = client.get(EDIT).content.decode()
    oldest = re.findall(r'name="text" value="([0-9a-f-]{36})"', page)[-1]
    client.post(f"{EDIT}/publish", {"text": oldest})
    assert "What we do now" not in read(client.get("/about/what-it-is"))
    client.post(f"{EDIT}/take-back")
    assert OURS in read(client.get("/about/what-it-is"))
    assert PagePublication.objects.count() == 4


def test_a_page_of_the_clinics_own_comes_and_goes(cast, client):
    client.force_login(Account.objects.get(pk=cast.director.account))
    new = {"slug": "visiting-us", "title": "Visiting us", "body": "Ring the blue bell."}
    taken = client.post("/clinic/public-pages/new", {**new, "slug": "week"})
    assert "A page stands at this address already" in read(taken, 422)
    assert client.post("/clinic/public-pages/new", new).url == "/clinic/public-pages/visiting-us/en"
    assert client.get("/about/visiting-us").status_code == 404
    client.post("/clinic/public-pages/visiting-us/en", {**new, "do": "publish"})
    assert "Ring the blue bell." in read(client.get("/about/visiting-us"))
    assert "Visiting us" in read(client.get("/welcome"))
    assert "Ring the blue bell." in read(client.get("/about/visiting-us?lang=es"))
    gather_cast("Other House", mail_host="other.test")
    other = Organization.objects.get(name="Other House").uid
    assert client.get(f"/at/{other}/about/visiting-us").status_code == 404
    client.post("/clinic/public-pages/visiting-us/en/take-back")
    assert client.get("/about/visiting-us").status_code == 404
    client.force_login(Account.objects.get(pk=cast.clinician.account))
    assert client.get("/clinic/public-pages/").status_code == 403
