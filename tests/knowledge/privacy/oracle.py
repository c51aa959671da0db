"""A slow and obvious reading of P4, P6, P10, P13-P15, §2.23, §2.26, §2.31 and §2.35, to check the engine by."""

APART = {"counseling_note", "psychotherapy_note"}
HOUSE = {
    "kept_apart",
    "census",
    "contact_call",
    "legal_request",
    "outcome",
    "account",
    "task",
    "warning_sign",
    "slip_risk",
    "worry",
}
# The person may have it; it is told to nobody else.
BOOKS = {
    "consent",
    "disclosure",
    "access_log",
    "emergency",
    "homework",
    "reward",
    "crisis",
    "check_in",
    "climate",
    "note_words",
    "daily",
    "practice",
    "own_goal",
    "conversation",
    "own_week",
    "aftercare",
    "correction",
    "own_copy",
    "community",
    "mentoring",
}
CARE = {"treatment", "payment", "operations"}
CARERS = {"treating_provider", "health_plan", "payer", "program_helper"}
ONLY = {"proceedings": "legal_proceedings", "justice": "justice_supervision", "family": "family_involvement"}
ONLY_TO = {"family": {"family"}, "justice": {"justice", "court"}}


def counts(c):
    """Whether every element is there (P4) and the form is used for what it is for (P3, P6)."""
    named = c.patient_name and c.discloser and c.kinds and c.purposes and c.recipient_classes
    end = (c.never_ends and c.form == "tpo") or (not c.never_ends and (c.expires_at or c.ends_when))
    if not (named and end and c.given_at and c.told_how_to_revoke) or c.kinds & (HOUSE | BOOKS):
        return False
    if (c.expires_at and c.expires_at <= c.given_at) or (c.purposes & CARE and not c.told_redisclosure):
        return False
    proven = all(s.proof == "reauthenticated" or (s.proof and s.witness) for s in c.signatures)
    if not proven or not c.signers or not c.signers <= {s.signer for s in c.signatures}:
        return False
    apart, network = c.kinds & APART, "intermediary" in c.recipient_classes
    if (len(c.kinds) > 1 or not apart) if c.form == "counseling_notes" else apart:
        return False
    if c.irrevocable and not (c.form == "justice" and c.ends_when):
        return False
    if c.form == "tpo":
        return c.told_refusal and c.purposes <= CARE and c.recipient_classes <= CARERS
    if not (c.recipient and c.recipient_name) or (network and not c.participants):
        return False
    only = ONLY.get(c.form)
    fits = c.purposes == {only} if only else "legal_proceedings" not in c.purposes
    return fits and c.recipient_classes <= ONLY_TO.get(c.form, c.recipient_classes)


def dated(r, since, until):
    """Whether the records asked for are known to lie within these days."""
    return (not since or (r.records_from and since <= r.records_from)) and (
        not until or (r.records_until and r.records_until <= until)
    )


def speaks(x, r):
    """Whether a restriction is about this request; what it leaves empty means any (§2.26)."""
    about = ((x.kinds, r.kind), (x.recipient_classes, r.recipient_class), (x.purposes, r.purpose))
    if x.agreed_at > r.at or (x.ended_at and x.ended_at <= r.at) or x.recipient not in ("", r.recipient):
        return False
    return all(not any_of or one in any_of for any_of, one in about)


def lets_through(c, r, signed):
    """Whether this consent allows it; a later one of its form, recipient and purpose takes its place [ours]."""
    for d in signed:
        same = d.form == c.form and d.recipient == c.recipient and d.purposes & c.purposes
        if same and d.given_at > c.given_at and (d.form != "counseling_notes" or d.kinds == c.kinds):
            return False
    over = any(end and end <= r.at for end in (c.revoked_at, c.expires_at, c.event_at))  # P15
    says = r.kind in c.kinds and r.purpose in c.purposes and r.recipient_class in c.recipient_classes
    court = (c.form == "proceedings") == (r.in_proceedings or r.purpose == "legal_proceedings")  # P6
    who = c.recipient in ("", r.recipient)
    return not over and says and court and who and dated(r, c.records_from, c.records_until)


def allowed(r, consents, restrictions):
    """Whether the record may go out."""
    if r.recipient_class == "patient":
        return r.kind not in APART | HOUSE
    if r.kind in HOUSE | BOOKS:
        return False
    o = r.court_order
    if o and (r.in_proceedings or r.purpose == "legal_proceedings"):
        return o.second_person and r.kind in o.kinds and dated(r, o.records_from, o.records_until)
    if any(speaks(x, r) for x in restrictions) or r.purpose in ("emergency", "break_glass"):
        return False
    signed = [c for c in consents if counts(c) and c.given_at <= r.at]
    return any(lets_through(c, r, signed) for c in signed)
