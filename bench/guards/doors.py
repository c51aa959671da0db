"""Guards of the doors and of what leaves through them."""

from bench.guards.guard import PATHWAY, WEB, guard

DOOR = "tests/faces/web/signing_in"


DOORS = (
    guard(
        "door: a suspended account is nobody",
        f"{PATHWAY}/accounts.py",
        "Account.objects.filter(pk=account, suspended_at__isnull=True).values_list(*_OF_AN_ACTOR)",
        "Account.objects.filter(pk=account).values_list(*_OF_AN_ACTOR)",
        "tests/pathway/test_accounts.py",
    ),
    guard(
        "door: staff need a second factor",
        f"{WEB}/door/verdict.py",
        '    if not state["factor"] and actor is not None',
        '    if state["factor"] is None and actor is not None',
        f"{DOOR}/test_second_step.py",
    ),
    guard(
        "door: it locks after idle minutes",
        f"{WEB}/door/verdict.py",
        '        or at.timestamp() - state["seen"] > state["idle"]\n',
        "",
        f"{DOOR}/test_lock.py",
    ),
    guard(
        "door: it ends after twelve hours",
        f"{WEB}/door/verdict.py",
        '    if state is None or at.timestamp() - state["began"] > state["absolute"]:',
        "    if state is None:",
        f"{DOOR}/test_lock.py",
    ),
    guard(
        "door: a cookie on another device is asked who is there",
        f"{WEB}/door/verdict.py",
        '        or state["device"] != device_words(request.headers.get("User-Agent", ""))\n',
        "",
        f"{DOOR}/test_lock.py",
    ),
    guard(
        "door: a poll keeps nothing awake",
        f"{WEB}/door/verdict.py",
        '    if request.headers.get(BACKGROUND) or now - state["noted"] < NOTED_EVERY:',
        '    if now - state["noted"] < NOTED_EVERY:',
        f"{DOOR}/test_lock.py",
    ),
    guard(
        "door: wrong tries start a wait",
        f"{WEB}/door/tries.py",
        "    return bool(AxesProxyHandler.is_allowed(_bare(), _counted(who)))",
        "    return True",
        f"{DOOR}/test_second_step.py",
    ),
    guard(
        "door: a link works once",
        f"{PATHWAY}/signing_in/links.py",
        ".filter(token_mark=_mark(token), used_at__isnull=True, ends_at__gt=at, account__isnull=False)",
        ".filter(token_mark=_mark(token), ends_at__gt=at, account__isnull=False)",
        f"{DOOR}/test_links.py",
    ),
    guard(
        "door: a link opens in the browser that asked for it",
        f"{PATHWAY}/signing_in/links.py",
        "    if row.browser_mark and row.browser_mark != _mark(browser):",
        "    if row.browser_mark and not token:",
        f"{DOOR}/test_links.py",
    ),
    guard(
        "door: known passwords are refused",
        f"{PATHWAY}/signing_in/passwords.py",
        "    if _is_tried_first(folded):",
        "    if not folded:",
        "tests/pathway/test_passwords.py",
    ),
    guard(
        "web: CSRF",
        "src/throughcare/settings.py",
        '    "django.middleware.csrf.CsrfViewMiddleware",\n',
        "",
        "tests/faces/web/test_headers.py",
    ),
    guard(
        "web: nothing in line, nothing from elsewhere",
        f"{WEB}/headers.py",
        "    \"default-src 'self'; img-src 'self' data:;",
        "    \"default-src 'self' 'unsafe-inline'; img-src 'self' data:;",
        "tests/faces/web/test_headers.py",
    ),
    guard(
        "web: no page is stored",
        f"{WEB}/headers.py",
        "            patch_cache_control(response, no_store=True, private=True)",
        "            pass",
        "tests/faces/web/test_headers.py",
    ),
    guard(
        "web: words are escaped",
        "src/throughcare/settings.py",
        '        "OPTIONS": {\n            "context_processors": [',
        '        "OPTIONS": {\n            "autoescape": False,\n            "context_processors": [',
        "tests/faces/web/boards/test_board_pages.py",
        "tests/test_more_threats.py",
    ),
    guard(
        "web: no cell of a spreadsheet is a formula",
        f"{WEB}/spreadsheet.py",
        """    return f"'{words}" if words.startswith(_FORMULA) else words""",
        "    return words",
        "tests/faces/web/audit",
        "tests/faces/web/referrals",
    ),
    guard(
        "web: a provider's word is signed",
        f"{WEB}/message_hooks/signature.py",
        "    return hmac.compare_digest(\n",
        "    return bool(address) or hmac.compare_digest(\n",
        "tests/faces/web/message_hooks",
    ),
    guard(
        "web: a client asks so much and no more",
        f"{WEB}/limits.py",
        "            if held.left < 1:",
        "            if held.left < -1e9:",
        "tests/faces/web/test_limits.py",
    ),
)
