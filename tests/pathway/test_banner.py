"""Who a page is about: what stands on top of each of a patient's pages."""

from datetime import timedelta

from tests.cast import at
from tests.plan_cast import admit
from tests.progress_cast import NOW, TODAY
from throughcare.pathway.episode.banner import banner_of
from throughcare.pathway.progress.step import step_to
from throughcare.records.episodes import Episode, Stay


def banner(cast, episode):
    patient = Episode.objects.get(uid=episode).patient
    return banner_of(patient.uid, by=cast.clinician, at=NOW + timedelta(hours=1))


def test_a_stay_elsewhere_is_shown_and_is_no_discharge(cast):
    episode = admit(cast)
    step_to(
        episode,
        level="residential-3.5",
        reason="not_progressing",
        text="Needs more than evenings.",
        next_place="Hill House",
        comes_back=True,
        by=cast.clinician,
        at=NOW,
    )
    shown = banner(cast, episode)
    assert "esidential" in shown.level
    assert shown.week is not None


def test_an_episode_without_an_open_stay_is_not_discharged(cast):
    episode = admit(cast)
    Stay.objects.filter(episode__uid=episode).update(ended_at=NOW)
    assert banner(cast, episode).level == "Intensive outpatient"


def test_an_episode_that_has_ended_is_discharged(cast):
    episode = admit(cast)
    Episode.objects.filter(uid=episode).update(ended_at=at(9, day=TODAY))
    shown = banner(cast, episode)
    assert (shown.level, shown.week) == ("Discharged", None)
