"""Taking a consent back against sending under it: `./run python -m bench.revocation [--rounds 10000] [--postgres]`.

In each round one thread sends what was prepared under a consent while another takes the consent back, at random
moments of the same few milliseconds. The claim: nothing whose sending began after the revocation was acknowledged
ever leaves, and nothing that was withheld is marked as sent. Prints how the rounds ended.
"""

import argparse
import random
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from bench.installation import an_installation

BATCH = 25


@dataclass
class Round:
    """When each side began and was done, on one clock; and whether it left."""

    revoke_began: float = 0.0
    send_began: float = 0.0
    revoke_done: float = 0.0
    left: bool = False

    @property
    def wrong(self) -> bool:
        """It left although its sending began after the revocation was acknowledged."""
        return self.left and self.send_began > self.revoke_done


def main() -> int:
    """Build, race, count; 1 when anything left that must not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with an_installation(postgres=options.postgres):
        began = time.monotonic()
        rounds = race(options.rounds)
    ended = Counter(("left" if one.left else "withheld") for one in rounds)
    after = sum(one.send_began > one.revoke_done for one in rounds)
    wrong = sum(one.wrong for one in rounds)
    print(
        f"{len(rounds)} rounds in {time.monotonic() - began:.0f} s: {ended['left']} left, {ended['withheld']} "
        f"withheld; {after} sendings began after the revocation was acknowledged, {wrong} of them left."
    )
    return 1 if wrong else 0


def race(count: int) -> list[Round]:
    """Consents and things to send made in batches from one that was signed and one that was prepared; then raced."""
    from tests.cast import MORNING, gather_cast
    from tests.pathway.privacy import consent_cast as cast_of

    from throughcare.pathway.privacy.disclosure import prepare_disclosure
    from throughcare.pathway.privacy.telling import Item, Telling, To
    from throughcare.records.consents import Consent

    cast = gather_cast()
    patient = cast_of.kim(cast)
    mother = cast_of.mother_of(cast, patient)
    told = (Item("attendance", "Monday", MORNING.date()),)
    telling = Telling(To("family", "Rosa Vance", related_person=mother), "family_involvement", "print", told)
    signed = cast_of.signed(cast, patient, cast_of.for_mother(mother))
    prepared = prepare_disclosure(patient.uid, telling, by=cast.clinician, at=MORNING)
    dice = random.Random(20260302)
    rounds: list[Round] = []
    while len(rounds) < count:
        pairs = [copies(signed, prepared) for _ in range(BATCH)]
        for consent, waiting in pairs:
            # As long as the last revocation took, three times over: so that either side comes first, or in between.
            reach = max(3 * (rounds[-1].revoke_done - rounds[-1].revoke_began), 0.01) if rounds else 0.02
            waits = (dice.random() * reach, dice.random() * reach / 3)
            rounds.append(one_round(cast, consent, waiting, waits))
        # Out of the engine's sight, so that the last rounds are as short as the first.
        Consent.objects.exclude(uid=signed).update(withdrawn_at=MORNING)
    return rounds[:count]


def copies(signed, prepared):
    """Another relation with a consent like the one signed, and the same thing to send to them; public ids."""
    from django.db import transaction

    from throughcare.records.consents import Consent
    from throughcare.records.disclosures import Disclosure

    with transaction.atomic():
        consent = Consent.objects.select_related("related_person").get(uid=signed)
        signatures = list(consent.signatures.all())
        relation = renew(consent.related_person)
        consent.related_person = relation
        renew(consent)
        for signature in signatures:
            signature.consent = consent
            renew(signature)
        waiting = Disclosure.objects.get(uid=prepared)
        waiting.consent, waiting.related_person = consent, relation
        renew(waiting)
    return consent.uid, waiting.uid


def renew(row):
    """The row again, as a new one."""
    row.pk, row.uid = None, uuid.uuid4()
    row.save(force_insert=True)
    return row


def one_round(cast, consent, waiting, waits) -> Round:
    """Both at once, each after a wait of its own."""
    from django.db import connection
    from tests.cast import MORNING

    from throughcare.pathway.privacy.consent_ending import revoke_consent
    from throughcare.pathway.privacy.disclosure import send_disclosure

    found, start = Round(), threading.Barrier(2)

    def send() -> None:
        start.wait()
        time.sleep(waits[0])
        found.send_began = time.monotonic()
        found.left = bool(send_disclosure(waiting, by=cast.clinician, at=MORNING + timedelta(seconds=2)))
        connection.close()

    def revoke() -> None:
        start.wait()
        time.sleep(waits[1])
        found.revoke_began = time.monotonic()
        revoke_consent(consent, how="oral", by=cast.clinician, at=MORNING + timedelta(seconds=1))
        found.revoke_done = time.monotonic()
        connection.close()

    threads = [threading.Thread(target=send), threading.Thread(target=revoke)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


if __name__ == "__main__":
    sys.exit(main())
