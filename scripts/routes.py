"""Who may open which address, from the doors in the code: `.venv/bin/python scripts/routes.py > docs/routes.md`."""

from __future__ import annotations

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhanlucso.config.settings")
    django.setup()
    from nhanlucso.web.kit.routes import routes_document  # noqa: PLC0415 - the settings come first

    print(routes_document(), end="")


if __name__ == "__main__":
    main()
