"""The entry for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from bihuan.lib.garbage import look_seldom

look_seldom()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
application = get_wsgi_application()

# The pages are loaded before the first request asks for them, and what the program itself is made of is never looked
# through again for garbage: without this a ledger's page spends a tenth of its time collecting nothing.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
