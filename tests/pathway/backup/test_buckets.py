"""Backups in an S3-compatible store: as in a folder, and a sentence for whatever a store may say."""

import subprocess
import sys
from datetime import timedelta

import pytest

from tests.bucket import open_bucket
from tests.cast import MORNING
from tests.pathway.backup.conftest import KEYS
from throughcare.pathway.backup import buckets, taking
from throughcare.pathway.backup.collecting import collect
from throughcare.pathway.backup.opening import open_place
from throughcare.pathway.backup.places import Folder, Taken
from throughcare.pathway.backup.pruning import prune
from throughcare.pathway.backup.sealing import Broken
from throughcare.pathway.backup.verifying import verify
from throughcare.pathway.cannot import Cannot

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NAMED = "s3://clinic-backups/main street/db"
FIRST = "packs/0000000/0000000001"


@pytest.fixture
def store(settings, monkeypatch):
    """A store that answers on this machine, and is asked again at once when it does not."""
    monkeypatch.setattr(buckets, "BETWEEN_TRIES", timedelta(milliseconds=1))
    with open_bucket() as bucket:
        settings.BACKUP_STORE = bucket.settings()
        yield bucket


def test_a_bucket_keeps_what_a_folder_keeps(clinic, store):
    clinic.place = open_place(NAMED)
    clinic.taker = taking.Taker(clinic.place, KEYS)
    full = clinic.take()
    for beside in ("packs/notes.txt", "packs/notes/1", "packs/0000000/.keep", "snapshots/0000000/zzz"):
        store.things[f"main street/db/{beside}"] = b"somebody else's"
    for days in range(40):
        clinic.content += b"%d\ta row of this day\n" % (5_000 + days)
        later = clinic.take(MORNING + MINUTE + days * DAY)
    assert later.written < full.written * 1.1
    assert all(name.startswith("main street/db/") for name in store.things)
    assert taking.Taker(open_place(NAMED), KEYS).take(clinic.folder, at=MORNING + 39 * DAY).written == 0
    assert clinic.back() == clinic.content
    assert verify(clinic.place, KEYS, every=True).backups == 42
    copy = Folder(clinic.folder.parent / "copy")
    assert collect(clinic.place, copy).changed == ()
    pruned = prune(clinic.place, KEYS, keep_all=7 * DAY, keep_full=30 * DAY, at=MORNING + 40 * DAY)
    assert pruned.backups > 1
    assert pruned.bytes > 0
    assert verify(clinic.place, KEYS, every=True).backups == 42 - pruned.backups
    assert verify(copy, KEYS, every=True).backups == 42


def test_a_piece_that_was_changed_or_cut_is_found(clinic, store):
    clinic.place = open_place(NAMED)
    taking.Taker(clinic.place, KEYS).take(clinic.folder, at=MORNING)
    [name] = [one for one in store.things if one.endswith(FIRST)]
    whole = store.things[name]
    for instead, says in (
        (whole[:500] + bytes([whole[500] ^ 1]) + whole[501:], "not as it was written"),
        (whole[:-9], "shorter than it was written"),
        (b"", "shorter than it was written"),
        (None, "missing from the backups"),
    ):
        store.things.pop(name)
        if instead is not None:
            store.things[name] = instead
        with pytest.raises(Broken, match=says):
            verify(clinic.place, KEYS)
        store.things[name] = whole


@pytest.mark.parametrize("knows_conditions", [True, False])
def test_nothing_in_a_bucket_is_written_over(store, knows_conditions):
    store.knows_conditions = knows_conditions
    place = open_place(NAMED)
    place.add(FIRST, b"first")
    # The same bytes again are our own, whose receipt was lost on its way.
    if knows_conditions:
        place.add(FIRST, b"first")
    with pytest.raises(Taken):
        place.add(FIRST, b"second")
    assert place.read(FIRST) == b"first"


@pytest.mark.parametrize(
    ("refusal", "says", "times"),
    [
        ((507, "XMinioStorageFull"), "has no room", 4),
        ((403, "QuotaExceeded"), "has no room", 1),
        ((403, "AccessDenied"), "refuses .403 AccessDenied.", 1),
        ((503, "SlowDown"), "in trouble .503 SlowDown.; it was asked 4 times", 4),
        ((404, "NoSuchBucket"), "is not there", 1),
        ((400, "AuthorizationHeaderMalformed"), "Look at AWS_REGION", 1),
        ((301, "PermanentRedirect"), "Look at AWS_REGION", 1),
    ],
)
def test_what_a_store_says_is_told_in_a_sentence_and_it_is_asked_only_so_often(store, refusal, says, times):
    store.refuses = refusal
    with pytest.raises(Cannot, match=says):
        open_place(NAMED).add(FIRST, b"first")
    assert len(store.asked) == times


def test_a_store_that_is_away_is_said_to_be(store, settings):
    settings.BACKUP_STORE |= {"aws_endpoint_url_s3": "http://127.0.0.1:9"}
    with pytest.raises(Cannot, match=r"127\.0\.0\.1 does not answer; it was asked 4 times"):
        open_place(NAMED).last("packs")


def test_what_is_wrong_with_the_settings_is_said_before_anything_is_asked(store, settings):
    with pytest.raises(Cannot, match="Name the bucket"):
        open_place("s3://")
    settings.BACKUP_STORE |= {"aws_endpoint_url_s3": "http://storage.example"}
    with pytest.raises(Cannot, match="must begin with https"):
        open_place(NAMED)
    settings.BACKUP_STORE |= {"secret_access_key": ""}
    with pytest.raises(Cannot, match="AWS_SECRET_ACCESS_KEY"):
        open_place(NAMED)
    assert store.asked == []


def test_a_folder_loads_nothing_of_the_stores_library():
    ask = (
        "import sys, django.conf; django.conf.settings.configure(BACKUP_STORE={}); "
        "from throughcare.pathway.backup.opening import open_place; open_place('/backups'); "
        "sys.exit('obstore' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0
