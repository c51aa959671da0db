"""A place of backups: what goes in comes out to the bit, and one bit of difference is refused."""

import os
import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import MORNING
from tests.pathway.backup.conftest import KEYS, database_like
from throughcare.keys import new_keyring
from throughcare.pathway.backup import taking
from throughcare.pathway.backup.collecting import collect
from throughcare.pathway.backup.manifests import chosen
from throughcare.pathway.backup.pieces import MOST, by_lines, by_pages
from throughcare.pathway.backup.places import Folder, Taken
from throughcare.pathway.backup.pruning import prune
from throughcare.pathway.backup.sealing import BackupKeys, Broken
from throughcare.pathway.backup.verifying import verify
from throughcare.pathway.cannot import Absent, Cannot

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NOBODY = 65534


@given(st.lists(st.binary(max_size=5_000), max_size=20), st.sampled_from([by_lines, by_pages]))
def test_pieces_put_together_are_what_was_cut(blocks, cut):
    assert b"".join(cut(blocks)) == b"".join(blocks)


def test_a_line_put_in_at_the_front_leaves_nearly_every_piece_as_it_was():
    text = database_like(2)
    before, after = set(by_lines([text])), set(by_lines([b"one more\n" + text]))
    assert len(before) > 10
    assert len(before - after) <= 2


def test_a_line_of_many_megabytes_is_cut_too():
    line = b"x" * (5 * MOST + 7)
    assert max(map(len, by_lines([line, b"\n", line]))) < 2 * MOST + 1


def test_what_was_taken_comes_back_and_the_next_one_costs_what_changed(clinic):
    first, full = clinic.content, clinic.take()
    assert full.is_full
    clinic.content = first + b"4000\ta new row\n"
    second = clinic.take(MORNING + MINUTE)
    assert not second.is_full
    assert 0 < second.written < full.written / 5
    assert clinic.take(MORNING + 2 * MINUTE).written == 0
    assert clinic.back() == clinic.content
    assert clinic.back(number=1) == first
    assert clinic.back(until=MORNING + MINUTE / 2) == first
    with pytest.raises(Absent):
        clinic.back(until=MORNING - MINUTE)


def test_another_process_goes_on_where_the_last_one_stopped(clinic):
    full = clinic.take()
    clinic.content += b"4000\ta new row\n"
    other = taking.Taker(clinic.place, KEYS).take(clinic.folder, at=MORNING + MINUTE)
    assert other.written < full.written / 5
    third = clinic.take(MORNING + 2 * MINUTE)
    assert (third.manifest.number, third.written) == (3, 0)


def test_the_first_of_each_day_stands_on_nothing_but_itself(clinic):
    clinic.take()
    clinic.take(MORNING + MINUTE)
    tomorrow = clinic.take(MORNING + DAY)
    assert tomorrow.is_full
    for pack in clinic.files():
        if pack.parts[-3] == "packs" and int(pack.name) < tomorrow.manifest.packs[0]:
            pack.unlink()
    assert clinic.back() == clinic.content


def test_any_bit_that_is_another_one_is_found(clinic):
    clinic.take()
    clinic.content += b"4000\ta new row\n"
    clinic.take(MORNING + MINUTE)
    assert verify(clinic.place, KEYS, every=True).backups == 2
    dice = random.Random(3)
    unnoticed = []
    for n in range(120):
        file = dice.choice(clinic.files())
        whole = bytearray(file.read_bytes())
        place, bit = dice.randrange(len(whole)), 1 << dice.randrange(8)
        file.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
        try:
            verify(clinic.place, KEYS, every=True)
            unnoticed.append((n, file.name, place))
        except Broken:
            pass
        file.write_bytes(whole)
    assert unnoticed == []
    assert verify(clinic.place, KEYS, every=True).backups == 2


def test_a_manifest_that_is_missing_or_in_anothers_place_breaks_the_chain(clinic):
    for minutes in range(3):
        clinic.take(MORNING + minutes * MINUTE)
    first, second, _ = [one for one in clinic.files() if one.parts[-3] == "snapshots"]
    kept = second.read_bytes()
    second.unlink()
    with pytest.raises(Broken, match="Backup 2 is missing"):
        verify(clinic.place, KEYS)
    second.write_bytes(first.read_bytes())
    with pytest.raises(Broken):
        verify(clinic.place, KEYS)
    # Put back from another history: each opens, and the chain tells.
    second.write_bytes(kept)
    other = taking.Taker(Folder(clinic.place.root.parent / "other"), KEYS)
    for minutes in range(2):
        other.take(clinic.folder, at=MORNING + minutes * MINUTE)
    second.write_bytes((other.place.root / "snapshots/0000000/0000000002").read_bytes())
    with pytest.raises(Broken, match="not chained"):
        verify(clinic.place, KEYS)


def test_without_the_keys_there_is_nothing_to_read(clinic):
    clinic.content = b"Kanarienvogel\n" * 1_000
    clinic.take()
    assert not [one for one in clinic.files() if b"anarienvoge" in one.read_bytes()]
    with pytest.raises(Broken):
        chosen(clinic.place, BackupKeys(new_keyring("b1")))


def test_nothing_in_a_place_is_written_over(clinic):
    clinic.place.add("packs/0000000/0000000001", b"first")
    with pytest.raises(Taken):
        clinic.place.add("packs/0000000/0000000001", b"second")
    assert clinic.place.read("packs/0000000/0000000001") == b"first"
    assert not list((clinic.place.root / "incoming").iterdir())


def test_t_r2_young_backups_are_let_go_by_no_command_and_old_ones_leave_the_chain_whole(clinic):
    clinic.content = b"0\ta row\n"
    for days in range(40):
        clinic.content += b"%d\ta row of this day\n" % (5_000 + days)
        clinic.take(MORNING + days * DAY)
        clinic.content += b"%d\tand another\n" % (6_000 + days)
        clinic.take(MORNING + days * DAY + MINUTE)
    now = MORNING + 40 * DAY
    for less in (
        {"keep_all": 6 * DAY, "keep_full": 90 * DAY},
        {"keep_all": 7 * DAY, "keep_full": 29 * DAY},
    ):
        with pytest.raises(Cannot, match="at least 7 days"):
            prune(clinic.place, KEYS, **less, at=now)
    gone = prune(clinic.place, KEYS, keep_all=7 * DAY, keep_full=30 * DAY, at=now)
    assert gone.bytes > 0
    # Of the last week both of each day, of the last month the first of each.
    left = [one for one in clinic.files() if one.parts[-3] == "packs"]
    assert len(left) == 30 + 7
    read = verify(clinic.place, KEYS, every=True)
    assert (read.manifests, read.backups) == (80, 37)
    assert clinic.back() == clinic.content
    assert prune(clinic.place, KEYS, keep_all=7 * DAY, keep_full=30 * DAY, at=now).backups == 0
    left[0].unlink()
    with pytest.raises(Broken, match="missing"):
        verify(clinic.place, KEYS, every=True)


def test_t_r2_what_was_collected_outlives_the_place_it_came_from(clinic):
    clinic.take()
    target = Folder(clinic.place.root.parent / "collected")
    assert collect(clinic.place, target).added == 2
    clinic.content += b"4000\ta new row\n"
    clinic.take(MORNING + MINUTE)
    assert collect(clinic.place, target).added == 2
    for one in clinic.files():
        one.write_bytes(b"pay us")
    assert set(collect(clinic.place, target).changed) == {f"snapshots/0000000/000000000{n}" for n in (1, 2)}
    for one in clinic.files():
        one.unlink()
    assert len(collect(clinic.place, target).changed) == 2
    assert verify(target, KEYS, every=True).backups == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user, which only root may")
def test_t_r2_the_programs_own_user_can_remove_nothing_that_another_collected(clinic):
    clinic.take()
    target = Folder(clinic.place.root.parent / "collected")
    collect(clinic.place, target)
    [pack, manifest] = sorted(one for one in target.root.rglob("0000000001") if one.is_file())
    for folder in (target.root, *target.root.parents):
        if folder.stat().st_mode & 0o055 != 0o055 and folder.is_relative_to(clinic.place.root.parents[3]):
            folder.chmod(folder.stat().st_mode | 0o055)
    for one in target.root.rglob("*"):
        one.chmod(0o755 if one.is_dir() else 0o644)
    child = os.fork()
    if child == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        done = 0
        for one in (pack, manifest):
            one.read_bytes()
            for harm in (
                one.unlink,
                lambda one=one: one.write_bytes(b"pay us"),
                lambda one=one: one.rename("/x"),
            ):
                try:
                    harm()
                    done += 1
                except OSError:
                    pass
        os._exit(done)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert verify(target, KEYS).backups == 1


@pytest.mark.parametrize("words", [b"\xff", b"[]", b"{}", b'{"format": 1, "contents": []}', b"[" * 5_000])
def test_a_sealed_manifest_of_another_shape_is_refused_in_words(clinic, words):
    clinic.place.add("snapshots/0000000/0000000001", KEYS.seal(words, place=b"snapshot 1"))
    with pytest.raises(Broken, match="backup 1"):
        verify(clinic.place, KEYS)


def test_what_a_file_manager_leaves_in_a_place_is_no_backup(clinic):
    clinic.take()
    for shelf in (clinic.place.root / "snapshots", clinic.place.root / "snapshots/0000000"):
        (shelf / ".DS_Store").write_bytes(b"")
        (shelf / "Thumbs.db").write_bytes(b"")
    assert verify(clinic.place, KEYS).manifests == 1
    clinic.take(MORNING + MINUTE)
