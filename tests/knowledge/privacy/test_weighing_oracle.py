"""The consent engine against a slow and obvious reading of the rules, and what must always be true of it."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.knowledge.privacy import histories
from tests.knowledge.privacy.consents import NOON
from tests.knowledge.privacy.oracle import allowed, counts
from throughcare.knowledge.privacy.consent import is_complete
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.weighing import weigh, weigh_packet

SEEDS = st.integers(0, 2**32)


def test_the_engine_agrees_with_the_oracle_over_ten_thousand_histories():
    draw = Random(20260302)
    let_through = differences = incomplete = restricted = ordered = 0
    for _ in range(10_000):
        consents, restrictions = histories.history(draw)
        request = histories.request(draw, consents)
        weighed = weigh(request, consents, restrictions)
        differences += bool(weighed) != bool(allowed(request, consents, restrictions))
        differences += sum(is_complete(one) != bool(counts(one)) for one in consents)
        let_through += bool(weighed)
        incomplete += sum(not is_complete(one) for one in consents)
        restricted += "agreed with the patient" in weighed.because
        ordered += weighed.statement == "court_order"
    assert differences == 0
    # The comparison says something only when every way is gone often.
    assert 2_000 < let_through < 8_000
    assert incomplete > 5_000 and restricted > 100 and ordered > 20


@settings(max_examples=300, deadline=None)
@given(SEEDS, st.integers(0, 120))
def test_taking_a_consent_back_never_allows_more(seed, days):
    draw = Random(seed)
    consents, restrictions = histories.history(draw)
    request = histories.request(draw, consents)
    if weigh(request, consents, restrictions):
        return
    back = NOON + timedelta(days=days)
    for place, one in enumerate(consents):
        if one.revoked_at is None:
            fewer = (*consents[:place], replace(one, revoked_at=back), *consents[place + 1 :])
            assert not weigh(request, fewer, restrictions)


@settings(max_examples=300, deadline=None)
@given(SEEDS, st.sets(st.sampled_from(sorted(KINDS))), st.sampled_from(sorted(KINDS)))
def test_adding_a_kind_to_a_packet_never_allows_more(seed, kinds, one_more):
    draw = Random(seed)
    consents, restrictions = histories.history(draw)
    request = histories.request(draw, consents)
    asked = [request.kind, *sorted(kinds)]
    if not weigh_packet(request, asked, consents, restrictions).verdict:
        assert not weigh_packet(request, [*asked, one_more], consents, restrictions).verdict


@settings(max_examples=300, deadline=None)
@given(SEEDS)
def test_keys_and_order_change_nothing_but_the_key(seed):
    draw = Random(seed)
    consents, restrictions = histories.history(draw)
    request = histories.request(draw, consents)
    renamed = tuple(replace(one, key=f"other {20 - place}") for place, one in enumerate(reversed(consents)))
    before, after = weigh(request, consents, restrictions), weigh(request, renamed, restrictions)
    assert (before.verdict, before.statement) == (after.verdict, after.statement)
    assert bool(before.consent) == bool(after.consent)


@settings(max_examples=300, deadline=None)
@given(SEEDS)
def test_a_restriction_never_allows_more(seed):
    draw = Random(seed)
    consents, restrictions = histories.history(draw)
    request = histories.request(draw, consents)
    if not weigh(request, consents, restrictions):
        assert not weigh(request, consents, (*restrictions, histories.restriction(draw, "another")))


@settings(max_examples=300, deadline=None)
@given(SEEDS)
def test_what_is_allowed_names_a_consent_that_stands_alone(seed):
    draw = Random(seed)
    consents, restrictions = histories.history(draw)
    request = histories.request(draw, consents)
    weighed = weigh(request, consents, restrictions)
    if weighed and weighed.consent:
        (named,) = [one for one in consents if one.key == weighed.consent]
        assert weigh(request, [named], restrictions).consent == named.key
