"""What the background does for the vault: a password that nobody came for is erased when its day is over."""

from bihuan.core.work import Task
from bihuan.petitioners.actions import exporting
from bihuan.petitioners.rules.export import PASSWORD_FOR


def forget(task: Task) -> str:
    """Erase the passwords of exports that have had their time."""
    return f"过期密码{exporting.forget_passwords(task.at - PASSWORD_FOR)}个。"
