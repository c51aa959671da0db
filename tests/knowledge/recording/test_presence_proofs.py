"""What proof of presence says about attendance, and when it says too little."""

import pytest

from throughcare.knowledge.recording.attendance_taps import Came
from throughcare.knowledge.recording.presence_proofs import Proof, proven

HOUR = {"length": 60, "treatment_minutes": 50, "late_from": 15, "silent": 10}


def video(came, seen, left=None):
    return Proof("video", came, seen, left)


def test_without_a_proof_nothing_is_said():
    assert proven([], now=30, **HOUR) is None


@pytest.mark.parametrize(
    ("proofs", "now", "came"),
    [
        ([Proof("code", -5, -5)], 20, Came("present")),
        ([Proof("kiosk", 14, 14)], 20, Came("present")),
        ([Proof("code", 15, 15)], 20, Came("late", 15)),
        ([Proof("code", 55, 55)], 58, Came("late", 49)),
        ([video(-2, 30)], 35, Came("present")),
        ([video(-2, 60)], 200, Came("present")),
        ([video(0, 30, 30)], 70, Came("left_early", 0, 30)),
        ([video(20, 35, 35)], 70, Came("late_and_left_early", 20, 25)),
        ([video(0, 50, 50)], 70, Came("present")),
        # Who drops out and joins again has not left.
        ([video(0, 10, 10), video(12, 58)], 61, Came("present")),
    ],
)
def test_a_clear_proof_is_an_attendance(proofs, now, came):
    found = proven(proofs, now=now, **HOUR)
    assert found.came == came and not found.doubt


@pytest.mark.parametrize(
    ("proofs", "now", "doubt"),
    [
        ([video(0, 20)], 45, "No sign since"),
        ([video(0, 0)], 90, "No sign since"),
        ([Proof("code", 60, 60)], 61, "after the end"),
        ([video(49, 50, 40)], 70, "Hardly there"),
    ],
)
def test_an_unclear_one_is_left_to_a_tap(proofs, now, doubt):
    found = proven(proofs, now=now, **HOUR)
    assert found.came is None and doubt in found.doubt


def test_minutes_by_video_count_once_and_only_inside_the_session():
    found = proven([video(-10, 20, 20), video(15, 40), video(50, 75)], now=61, **HOUR)
    assert found.seen_minutes == 50
