"""The service worker and the manifest: what makes the pages an app of one's own on a phone, under a neutral name."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughcare.faces.web.offline.pages import kept_addresses

SCRIPTS = ("kept_store.js", "service_worker.js")
# What a kept page needs to look and work as it does.
STYLES = ("tokens", "layout", "words", "forms", "tables", "people", "figures", "week", "sessions", "print")
PAGE_SCRIPTS = (
    "htmx.min",
    "page",
    "kept_store",
    "offline_queue",
    "own_phone",
    "kept_plan",
    "help_offline",
    "quick_exit",
    "guide",
)


@cache
def _script(name: str) -> str:
    found = finders.find(f"throughcare/{name}")
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")


def _assets() -> list[str]:
    names = [f"css/{name}.css" for name in STYLES] + [f"js/{name}.js" for name in PAGE_SCRIPTS]
    return [static(f"throughcare/{name}") for name in names]


@cache
def _version_of_files() -> str:
    names = [f"css/{name}.css" for name in STYLES] + [f"js/{name}.js" for name in PAGE_SCRIPTS]
    return sha256("".join(_script(name) for name in names).encode()).hexdigest()


def worker_script(language: str) -> str:
    """The whole script: its first lines say what is kept, and change whenever a file or the list does."""
    opens = [*kept_addresses(own=False), *_assets()]
    own = list(kept_addresses(own=True))
    code = "\n".join(_script(f"js/{name}") for name in SCRIPTS)
    version = sha256(json.dumps([opens, own, code, _version_of_files(), language]).encode()).hexdigest()[:16]
    said = {"VERSION": version, "LANGUAGE": language, "OPEN": opens, "OWN": own}
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in said.items()) + code


def service_worker(request: HttpRequest) -> HttpResponse:
    """The script behind the pages; the browser asks for it anew each time, so that an update arrives."""
    answer = HttpResponse(
        worker_script(get_language() or "en"), content_type="text/javascript; charset=utf-8"
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def manifest(request: HttpRequest) -> HttpResponse:
    """How the app is called and looks on a phone's first page: nothing there says what it is for."""
    icons = [
        {"src": static(f"throughcare/icons/app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    name = _("My pages")
    said = {
        "id": "/",
        "name": name,
        "short_name": name,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0d5560",
        "icons": [*icons, {**icons[1], "purpose": "maskable"}],
        "shortcuts": [
            {"name": _("Get help now"), "url": "/my/help"},
            {"name": _("My plan"), "url": "/safety-plan"},
        ],
    }
    answer = JsonResponse(said, content_type="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
