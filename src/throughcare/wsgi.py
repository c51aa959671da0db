"""The WSGI application that a server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
application = get_wsgi_application()

from throughcare.postgres import people_wait  # noqa: E402  # settings are known only now

people_wait()

from throughcare.pathway.keys_at_rest import refuse_weak_keys  # noqa: E402  # models are loaded only now

refuse_weak_keys()

from throughcare.faces.web.messages.standing import keep_looking  # noqa: E402  # the same

keep_looking()

from throughcare.faces.web.away.raising import keep_raising  # noqa: E402  # the same

keep_raising()

# What was loaded lives as long as the process: the collector need not look through it again, and a page's own objects
# are mostly gone before it looks at all. Takes a tenth off each page.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
