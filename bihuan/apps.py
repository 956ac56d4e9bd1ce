"""The Django app: one label for the whole house."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class BihuanConfig(AppConfig):
    """Hands the wiring to the machinery when everything is loaded."""

    name = "bihuan"
    label = "bihuan"
    verbose_name = "闭环"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows elsewhere after a step, and what elsewhere forbids it."""
        from bihuan import wiring  # noqa: PLC0415 -- the models must be loaded first
        from bihuan.core import action, disk, examine, moving, work  # noqa: PLC0415 -- as above

        connection_created.connect(disk.sync_log)
        post_migrate.connect(wiring.after_upgrade, sender=self)
        examine.wire(wiring.CHECKS)
        work.wire(wiring.KINDS, wiring.who)
        action.wire(wiring.SETTLING, wiring.MASKED)
        moving.wire(wiring.AFTER, wiring.REFUSED_WHILE, wiring.EVERY)
