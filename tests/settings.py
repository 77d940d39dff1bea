"""The settings of the product with the few changes that tests need: cheap passwords, static files unhashed."""

from __future__ import annotations

from nhanlucso.config.settings import *  # noqa: F403
from nhanlucso.config.settings import MIDDLEWARE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Without whitenoise the static files come from where they are written: no test waits for collectstatic.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
