"""Addresses of signing in."""

from throughcare.faces.web.routing import public, route
from throughcare.faces.web.signing_in import accounts, by_link, kept, kiosk, language, links, mine, views
from throughcare.knowledge.roles import ALL as ROLES

EVERYONE = frozenset(ROLES)
GRANTS = {"admin", "director"}

addresses = [
    public("", views.home, name="home"),
    public("sign-in", views.sign_in, name="sign_in", methods="GET POST"),
    public("sign-in/second-step", views.second_step, name="second_step", methods="GET POST"),
    public("sign-in/passkey/options", views.passkey_options, name="passkey_options"),
    public("sign-in/passkey", views.passkey_sign_in, name="passkey_sign_in", methods="POST"),
    public("sign-in/forgotten", links.forgotten, name="forgotten", methods="GET POST"),
    public("sign-in/link-sent", links.link_sent, name="link_sent"),
    public("sign-in/by-link", by_link.ask, name="sign_in_by_link", methods="GET POST"),
    public("sign-in/by-link/sent", by_link.sent, name="sign_in_link_sent"),
    public("sign-in/link/<str:token>", links.link, name="link", methods="GET POST"),
    public("kiosk", kiosk.kiosk, name="kiosk", methods="GET POST"),
    public("language", language.choose, name="choose_language", methods="POST"),
    public("sign-out", views.sign_out, name="sign_out", methods="POST"),
    route("kiosks/", kiosk.begin, name="begin_kiosk", methods="GET POST"),
    route("kiosks/<uuid:kiosk>/end", kiosk.end, name="end_kiosk", methods="POST"),
    *(
        route(pattern, view, name=name, methods=methods, roles=EVERYONE)
        for pattern, view, name, methods in (
            ("me", mine.me, "me", "GET"),
            ("me/second-step", mine.protect, "protect", "GET"),
            ("me/second-step/app", mine.app, "enrol_app", "GET POST"),
            ("me/second-step/passkey", mine.passkey, "add_passkey", "GET POST"),
            ("me/second-step/recovery-codes", mine.recovery_codes, "recovery_codes", "POST"),
            ("me/second-step/remove", mine.remove, "remove_factor", "POST"),
            ("me/password", mine.password, "change_password", "GET POST"),
            ("me/sign-ins/<uuid:sign_in>/end", mine.end_sign_in, "end_sign_in", "POST"),
            ("me/sign-ins/end-others", mine.end_other_sign_ins, "end_other_sign_ins", "POST"),
            ("unlock", kept.unlock, "unlock", "POST"),
            ("lock", kept.lock, "lock", "POST"),
            ("still-here", kept.still_here, "still_here", "POST"),
            ("kept/", kept.kept_forms, "kept_forms", "GET"),
            ("kept/hold", kept.hold, "hold_form", "POST"),
            ("kept/<uuid:held>/drop", kept.drop, "drop_form", "POST"),
        )
    ),
    *(
        route(f"clinic/{pattern}", view, name=name, methods=methods, roles=GRANTS)
        for pattern, view, name, methods in (
            ("staff/<uuid:account>/signing-in", accounts.account, "account", "GET"),
            ("staff/<uuid:account>/invitation", accounts.invitation, "invite", "POST"),
            ("staff/<uuid:account>/roles/new", accounts.new_role, "give_role", "GET POST"),
            ("staff/<uuid:account>/roles/<uuid:grant>/end", accounts.end, "end_role", "POST"),
            ("staff/<uuid:account>/lost-second-step", accounts.lost, "lost_factor", "GET POST"),
            ("lost-second-steps/<uuid:recovery>/agree", accounts.agree, "agree_to_recovery", "POST"),
            ("lost-second-steps/<uuid:recovery>/stop", accounts.stop, "stop_recovery", "POST"),
        )
    ),
]
