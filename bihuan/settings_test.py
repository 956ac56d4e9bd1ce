"""The settings of the tests: as in production, but with a data folder of their own and a quick password hasher."""

import os
import tempfile

os.environ.setdefault("BIHUAN_DATA", tempfile.mkdtemp(prefix="bihuan-test-"))
os.environ.setdefault("BIHUAN_SECRET_KEY", "only-for-tests-and-for-nothing-else")

from bihuan.settings import *  # noqa: F403 -- the one place that takes over every setting

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
