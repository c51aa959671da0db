"""Guards of what is known about a person: the desk, the book, consents, the seal."""

from bench.guards.guard import PATHWAY, WEB, guard

DESK = "tests/pathway/privacy"


PRIVACY = (
    guard(
        "permission: the desk's verdict on opening a record",
        f"{PATHWAY}/privacy/desk.py",
        '    require(answer.verdict, CannotSee)\n    if verb == "change":',
        '    if verb == "change":',
        f"{DESK}/test_desk.py",
    ),
    guard(
        "permission: a route's roles",
        f"{WEB}/routing.py",
        "    if actor.holds(*route.roles):",
        "    if actor:",
        "tests/faces/web/test_routes.py",
    ),
    guard(
        "permission: who is none of one's business is absent",
        f"{PATHWAY}/privacy/desk.py",
        '_STRANGERS = frozenset({"none", "other_site"})',
        "_STRANGERS: frozenset[str] = frozenset()",
        f"{DESK}/test_sites.py",
        f"{DESK}/test_minor_and_mother.py",
    ),
    guard(
        "wall between organizations: at the desk",
        f"{PATHWAY}/privacy/standing.py",
        "Patient.objects.filter(organization_id=by.organization).order_by()",
        "Patient.objects.order_by()",
        f"{DESK}/test_desk.py",
    ),
    guard(
        "the book: opening a record is written down",
        f"{PATHWAY}/privacy/desk.py",
        "    if by.account is not None:\n        note(answer.asked, by=by)\n",
        "",
        f"{DESK}/test_desk.py",
    ),
    guard(
        "the book: a changed row no longer fits its chain",
        f"{PATHWAY}/privacy/chain.py",
        "    if row.digest != digest_of(row, patients, before=before):",
        "    if not row.digest:",
        f"{DESK}/test_book.py",
    ),
    guard(
        "the book: rows gone from the end are missed",
        f"{PATHWAY}/privacy/chain.py",
        "    if max(met, default=0) > last:",
        "    if last < 0:",
        f"{DESK}/test_book.py",
    ),
    guard(
        "append only: the database refuses to change the book",
        "src/throughcare/records/append_only.py",
        '    "records_access": (),\n',
        "",
        f"{DESK}/test_book.py",
    ),
    guard(
        "append only: the database refuses to change a signed note",
        "src/throughcare/records/append_only.py",
        '    "records_note": ("session_id", "starts_at", "ends_at", "minutes", "credential", "signed_at", "digest"),\n',
        "",
        "tests/test_threats.py",
    ),
    guard(
        "consent: looked at again right before sending",
        f"{PATHWAY}/privacy/disclosure.py",
        "        verdict = _verdict_now(row, at=at)",
        "        from throughcare.knowledge.verdict import Allowed\n\n        verdict = Weighed(Allowed())",
        f"{DESK}/test_disclosure.py",
    ),
    guard(
        "consent: taken back is over",
        "src/throughcare/knowledge/privacy/consent.py",
        "    if consent.revoked_at is not None and at >= consent.revoked_at:",
        "    if consent.revoked_at is not None and at < consent.revoked_at:",
        f"{DESK}/test_consent.py",
        f"{DESK}/test_disclosure.py",
    ),
    guard(
        "consent: over at its end",
        "src/throughcare/knowledge/privacy/consent.py",
        "    if ended is not None and at >= ended:",
        "    if ended is not None and at < consent.given_at:",
        "tests/knowledge/privacy",
    ),
    guard(
        "consent: notes kept apart need one of their own",
        "src/throughcare/knowledge/privacy/consent.py",
        "    elif consent.kinds & APART:",
        "    elif not consent.kinds:",
        "tests/knowledge/privacy",
    ),
    guard(
        "court order: two people, not one twice",
        f"{PATHWAY}/privacy/legal.py",
        "    if row.decisions.filter(account=by.account).exists():",
        "    if row.decisions.filter(account=None).exists():",
        f"{DESK}/test_legal.py",
    ),
    guard(
        "family: shut out is shut out",
        f"{PATHWAY}/privacy/standing.py",
        "            account=by.account,\n            ended_at__isnull=True,\n",
        "            account=by.account,\n",
        f"{DESK}/test_minor_and_mother.py",
    ),
    guard(
        "sealed: words moved to another column don't open",
        "src/throughcare/keys.py",
        "        return _cipher(name).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode())",
        "        return _cipher(name).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], b'')",
        "tests/records/test_sealed.py",
    ),
)
