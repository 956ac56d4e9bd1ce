"""Every table as it stands after 0044, made at once: a new database is there in a quarter of the time.

A database that went through some of these migrations goes through the others. What they moved among rows has no place
here: there are none. `tests/faults/test_upgrades.py` holds the tables of both ways against each other.
"""

import bihuan.disclosure.rules.release
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from typing import Any

from bihuan.core import triggers
from bihuan.core.search import make_index


REPLACED = (
    "0001_initial",
    "0002_refusals",
    "0003_keyed_content",
    "0004_corrections",
    "0005_emptying_refused",
    "0006_administrators_apart",
    "0007_ways_in",
    "0008_drafts",
    "0009_grants_confirmed",
    "0010_drills",
    "0011_petitioners",
    "0012_taken_over",
    "0013_interface_tokens",
    "0014_background",
    "0015_checkup",
    "0016_emergency",
    "0017_search_kinds",
    "0018_interfaces_alone",
    "0019_sealed_papers",
    "0020_search_letters",
    "0021_identity_provider",
    "0022_taken_over_petitions",
    "0023_exports",
    "0024_rows_joined",
    "0025_work_on_matters",
    "0026_extensions",
    "0027_releases",
    "0028_plans",
    "0029_plan_remarks",
    "0030_watch_after_sign_off",
    "0031_assignments",
    "0032_lights",
    "0033_sweeps",
    "0034_experts",
    "0035_consultations",
    "0036_exemptions",
    "0037_findings",
    "0038_call_backs",
    "0039_inspection_team",
    "0040_repeats",
    "0041_public_petitions",
    "0042_sub_items_and_wordings",
    "0043_links",
    "0044_counted_petitions",
)


class AtOnce(Operation):
    """Tables that may point at each other in any order: their models are drawn once, where Django draws all that are
    related anew for each of them.
    """

    reduces_to_sql = True
    reversible = False

    def __init__(self, operations: list[migrations.CreateModel]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Add the models, drawing none."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 -- Django's
        """Make the tables."""
        for operation in self.operations:
            schema_editor.create_model(to_state.apps.get_model(app_label, operation.name))

    def describe(self) -> str:
        """What it does."""
        return f"Create {len(self.operations)} models at once"


class Migration(migrations.Migration):
    replaces = [("bihuan", name) for name in REPLACED]

    initial = True

    dependencies = []

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("username", models.CharField(max_length=60, unique=True, verbose_name="登录名")),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                        ("subject", models.CharField(blank=True, default="", max_length=64, verbose_name="统一身份")),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="account",
                                to="bihuan.person",
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "账号",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("subject", ""), _negated=True),
                                fields=("subject",),
                                name="subject_of_one_account",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Aspect",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("name", models.CharField(max_length=120, verbose_name="名称")),
                        ("spans", models.JSONField(default=dict, verbose_name="出处")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aspects",
                                to="bihuan.plan",
                                verbose_name="方案",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "方面",
                    },
                ),
                migrations.CreateModel(
                    name="Matter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("kind", models.CharField(max_length=10, verbose_name="种类")),
                        ("code", models.CharField(max_length=24, verbose_name="编码")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="地点")),
                        ("first_due_on", models.DateField(null=True, verbose_name="首次时限")),
                        ("due_on", models.DateField(null=True, verbose_name="现行时限")),
                        ("state", models.CharField(max_length=30, verbose_name="状态")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已撤回导入")),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="matters",
                                to="bihuan.inspection",
                                verbose_name="督察",
                            ),
                        ),
                        (
                            "intake",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="matters",
                                to="bihuan.intake",
                                verbose_name="导入",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.region",
                                verbose_name="行政区域",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "事项",
                        "indexes": [
                            models.Index(fields=["kind", "is_withdrawn", "state", "due_on"], name="matter_all"),
                            models.Index(fields=["inspection", "kind", "state", "due_on"], name="matter_ledger"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("city", "code"), name="matter_code_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Inspection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("code", models.CharField(max_length=12, verbose_name="代号")),
                        ("name", models.CharField(max_length=80, verbose_name="名称")),
                        ("level", models.CharField(max_length=20, verbose_name="级别")),
                        ("kind", models.CharField(max_length=20, verbose_name="类型")),
                        ("round_number", models.PositiveSmallIntegerField(null=True, verbose_name="轮次")),
                        ("batch", models.CharField(blank=True, max_length=20, verbose_name="批次")),
                        ("team", models.CharField(blank=True, default="", max_length=60, verbose_name="督察组")),
                        ("on_site_from", models.DateField(null=True, verbose_name="进驻")),
                        ("on_site_until", models.DateField(null=True, verbose_name="离驻")),
                        ("feedback_on", models.DateField(null=True, verbose_name="反馈")),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="bihuan.region",
                                verbose_name="地区",
                            ),
                        ),
                        (
                            "rule_set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="bihuan.ruleset",
                                verbose_name="规则",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "督察",
                        "constraints": [models.UniqueConstraint(fields=("city", "code"), name="inspection_code_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Intake",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("kind", models.CharField(max_length=16, verbose_name="种类")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="标题")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("deed", models.UUIDField(null=True, verbose_name="写入的办理")),
                        ("rows_read", models.PositiveIntegerField(default=0, verbose_name="读到")),
                        ("rows_created", models.PositiveIntegerField(default=0, verbose_name="新增")),
                        ("rows_changed", models.PositiveIntegerField(default=0, verbose_name="更改")),
                        ("rows_same", models.PositiveIntegerField(default=0, verbose_name="相同")),
                        ("rows_refused", models.PositiveIntegerField(default=0, verbose_name="未收")),
                        ("rows_joined", models.PositiveIntegerField(default=0, verbose_name="并入")),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="intakes",
                                to="bihuan.inspection",
                                verbose_name="督察",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="intakes",
                                to="bihuan.storedfile",
                                verbose_name="文件",
                            ),
                        ),
                        (
                            "understood",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.storedfile",
                                verbose_name="理解结果",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="intakes",
                                to="bihuan.unit",
                                verbose_name="来文单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "导入",
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("initials", models.CharField(blank=True, max_length=30, verbose_name="拼音首字母")),
                        ("office_phone", models.CharField(blank=True, max_length=40, verbose_name="办公电话")),
                    ],
                    options={
                        "verbose_name": "人员",
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("title", models.CharField(max_length=60, verbose_name="职务")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="bihuan.unit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "岗位",
                        "constraints": [models.UniqueConstraint(fields=("city", "unit", "title"), name="post_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Pulse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, unique=True, verbose_name="名称")),
                        ("slot", models.DateTimeField(verbose_name="时段")),
                    ],
                    options={
                        "verbose_name": "时段",
                    },
                ),
                migrations.CreateModel(
                    name="TrailHead",
                    fields=[
                        ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                        ("number", models.BigIntegerField(default=0, verbose_name="末号")),
                        (
                            "digest",
                            models.CharField(
                                default="0000000000000000000000000000000000000000000000000000000000000000",
                                max_length=64,
                                verbose_name="末哈希",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "轨迹末端",
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=64, verbose_name="计数键")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("is_refused", models.BooleanField(default=False, verbose_name="未受理")),
                    ],
                    options={
                        "verbose_name": "尝试",
                        "indexes": [models.Index(fields=["key", "at"], name="attempt_key")],
                    },
                ),
                migrations.CreateModel(
                    name="BulletinWording",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("kind", models.CharField(max_length=20, verbose_name="通报")),
                        ("wording", models.JSONField(default=dict, verbose_name="用语")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已恢复默认")),
                    ],
                    options={
                        "verbose_name": "通报用语",
                        "constraints": [models.UniqueConstraint(fields=("city", "kind"), name="bulletin_wording_once")],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("day", models.DateField(verbose_name="日期")),
                        ("is_working", models.BooleanField(verbose_name="上班")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    ],
                    options={
                        "verbose_name": "工作日历",
                        "constraints": [models.UniqueConstraint(fields=("city", "day"), name="calendar_day_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        ("spans", models.JSONField(default=dict, verbose_name="出处")),
                        (
                            "aspect",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="bihuan.aspect",
                                verbose_name="方面",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="bihuan.plan",
                                verbose_name="方案",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "整改举措",
                    },
                ),
                migrations.CreateModel(
                    name="ScheduleFigure",
                    fields=[
                        (
                            "matter",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="figure",
                                serialize=False,
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="截至")),
                        (
                            "planned",
                            models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name="序时"),
                        ),
                        ("actual", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="实际")),
                        ("pace", models.CharField(max_length=16, verbose_name="序时状态")),
                    ],
                    options={
                        "verbose_name": "序时数",
                    },
                ),
                migrations.CreateModel(
                    name="Comparison",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("compared_at", models.DateTimeField(verbose_name="比对时间")),
                        ("held_against", models.PositiveIntegerField(default=0, verbose_name="比对件数")),
                        ("found", models.PositiveSmallIntegerField(default=0, verbose_name="线索数")),
                        (
                            "matter",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comparison",
                                to="bihuan.matter",
                                verbose_name="来件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "比对",
                    },
                ),
                migrations.CreateModel(
                    name="CitedPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("step", models.CharField(max_length=30, verbose_name="步骤")),
                        ("number", models.CharField(max_length=60, verbose_name="文号")),
                        ("dated_on", models.DateField(verbose_name="日期")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已收回")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "文号记录",
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("person", models.BigIntegerField(verbose_name="谁的")),
                        ("path", models.CharField(max_length=200, verbose_name="页面")),
                        ("form", models.CharField(max_length=60, verbose_name="表单")),
                        ("sealed", models.TextField(verbose_name="密封的内容")),
                        ("saved_at", models.DateTimeField(verbose_name="存于")),
                    ],
                    options={
                        "verbose_name": "草稿",
                        "constraints": [models.UniqueConstraint(fields=("person", "path", "form"), name="draft_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Drill",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("done_at", models.DateTimeField(verbose_name="时间")),
                        ("is_in_earnest", models.BooleanField(default=False, verbose_name="真恢复")),
                        ("backup", models.CharField(max_length=100, verbose_name="备份")),
                        ("made_at", models.DateTimeField(null=True, verbose_name="备份时间")),
                        ("newest_at", models.DateTimeField(null=True, verbose_name="最新一条轨迹")),
                        ("entries", models.BigIntegerField(default=0, verbose_name="轨迹条数")),
                        ("seconds", models.PositiveIntegerField(default=0, verbose_name="用时秒数")),
                        ("is_good", models.BooleanField(verbose_name="成功")),
                        ("fault", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                    ],
                    options={
                        "verbose_name": "演练",
                        "indexes": [models.Index(fields=["city", "is_good", "-done_at"], name="drill_last")],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="序号")),
                        ("deed", models.UUIDField(verbose_name="同一办理")),
                        ("action", models.CharField(max_length=60, verbose_name="动作")),
                        ("step", models.CharField(blank=True, max_length=60, verbose_name="步骤")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("person", models.BigIntegerField(null=True, verbose_name="办理人")),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("appointment", models.BigIntegerField(null=True, verbose_name="任职")),
                        ("post", models.CharField(blank=True, max_length=120, verbose_name="职务")),
                        ("behalf", models.CharField(blank=True, max_length=60, verbose_name="代")),
                        ("origin", models.CharField(blank=True, max_length=60, verbose_name="来处")),
                        ("request", models.CharField(blank=True, max_length=40, verbose_name="请求")),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("kind", models.CharField(max_length=10, verbose_name="类别")),
                        ("table", models.CharField(max_length=40, verbose_name="表")),
                        ("row", models.BigIntegerField(verbose_name="行")),
                        ("about", models.CharField(blank=True, max_length=40, verbose_name="事项")),
                        ("note", models.TextField(blank=True, verbose_name="意见")),
                        ("changes", models.TextField(verbose_name="前后值")),
                        ("previous", models.CharField(max_length=64, verbose_name="前一哈希")),
                        ("digest", models.CharField(max_length=64, verbose_name="哈希")),
                    ],
                    options={
                        "verbose_name": "轨迹",
                        "indexes": [
                            models.Index(fields=["about", "number"], name="entry_about"),
                            models.Index(fields=["table", "row", "number"], name="entry_row"),
                            models.Index(fields=["person", "number"], name="entry_person"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Errand",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("name", models.CharField(max_length=40, verbose_name="任务")),
                        ("args", models.TextField(default="{}", verbose_name="参数")),
                        ("lane", models.CharField(blank=True, max_length=60, verbose_name="队")),
                        ("key", models.CharField(max_length=80, verbose_name="重复键")),
                        ("person", models.BigIntegerField(null=True, verbose_name="交办人")),
                        ("appointment", models.BigIntegerField(null=True, verbose_name="任职")),
                        ("asked_by", models.CharField(max_length=60, verbose_name="姓名")),
                        ("asked_at", models.DateTimeField(verbose_name="交办时间")),
                        ("state", models.CharField(default="asked", max_length=10, verbose_name="状态")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="结果")),
                        ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="处理人")),
                        ("settled_at", models.DateTimeField(null=True, verbose_name="处理时间")),
                    ],
                    options={
                        "verbose_name": "托办",
                        "indexes": [models.Index(fields=["city", "state", "-asked_at"], name="errand_state")],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("post", models.CharField(blank=True, max_length=120, verbose_name="职务")),
                        ("asked", models.TextField(blank=True, verbose_name="请看什么")),
                        ("starts_on", models.DateField(verbose_name="邀请日期")),
                        ("until", models.DateField(verbose_name="截止日期")),
                        ("unheard", models.TextField(blank=True, verbose_name="不等的理由")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已收回")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expert_invitations",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="专家",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="邀请人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "专家邀请",
                        "indexes": [models.Index(fields=["expert", "is_ended", "until"], name="expert_desk")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("starts_on"))),
                                name="expert_reads_from_his_invitation_on",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FieldCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("client_id", models.UUIDField(verbose_name="客户端编号")),
                        ("kind", models.CharField(max_length=12, verbose_name="种类")),
                        ("level", models.CharField(max_length=10, verbose_name="层级")),
                        ("checked_at", models.DateTimeField(verbose_name="核查时间")),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                        (
                            "latitude",
                            models.DecimalField(decimal_places=6, max_digits=12, null=True, verbose_name="纬度"),
                        ),
                        (
                            "longitude",
                            models.DecimalField(decimal_places=6, max_digits=12, null=True, verbose_name="经度"),
                        ),
                        ("datum", models.CharField(blank=True, max_length=10, verbose_name="坐标系")),
                        ("team", models.JSONField(default=list, verbose_name="核查组")),
                        ("received_by", models.CharField(blank=True, max_length=60, verbose_name="被核查方接待人")),
                        ("findings", models.TextField(verbose_name="核查情况")),
                        ("opinion", models.TextField(blank=True, verbose_name="核查意见")),
                        ("disagreement", models.TextField(blank=True, verbose_name="被核查方不同意见")),
                        ("demand", models.TextField(blank=True, verbose_name="整改要求")),
                        ("demand_due_on", models.DateField(null=True, verbose_name="整改要求时限")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已作废")),
                        (
                            "adds_to",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="additions",
                                to="bihuan.fieldcheck",
                                verbose_name="补充哪次核查",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "signature",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.storedfile",
                                verbose_name="签名",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.unit",
                                verbose_name="核查单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "现场核查",
                        "constraints": [models.UniqueConstraint(fields=("city", "client_id"), name="check_once")],
                    },
                ),
                migrations.CreateModel(
                    name="CheckedMatter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("verdict", models.CharField(max_length=10, verbose_name="结论")),
                        ("words", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已作废")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checked",
                                to="bihuan.matter",
                                verbose_name="措施",
                            ),
                        ),
                        (
                            "check_made",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checked",
                                to="bihuan.fieldcheck",
                                verbose_name="现场核查",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "逐项核查",
                    },
                ),
                migrations.CreateModel(
                    name="Group",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="bihuan.group",
                                verbose_name="上级",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作组",
                        "constraints": [models.UniqueConstraint(fields=("city", "name"), name="group_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("label", models.CharField(max_length=40, verbose_name="批次")),
                        ("number", models.PositiveSmallIntegerField(null=True, verbose_name="序号")),
                        ("handed_over_on", models.DateField(null=True, verbose_name="日期")),
                        ("printed_total", models.PositiveIntegerField(null=True, verbose_name="印刷总数")),
                        ("total_note", models.CharField(blank=True, max_length=300, verbose_name="总数不符的说明")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已撤回导入")),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batches",
                                to="bihuan.inspection",
                                verbose_name="督察",
                            ),
                        ),
                        (
                            "intake",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batches",
                                to="bihuan.intake",
                                verbose_name="导入",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "信访批次",
                    },
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(blank=True, max_length=12, verbose_name="市")),
                        ("name", models.CharField(max_length=40, verbose_name="任务")),
                        ("args", models.TextField(default="{}", verbose_name="参数")),
                        ("lane", models.CharField(blank=True, max_length=60, verbose_name="队")),
                        ("key", models.CharField(max_length=80, verbose_name="重复键")),
                        ("person", models.BigIntegerField(null=True, verbose_name="交办人")),
                        ("appointment", models.BigIntegerField(null=True, verbose_name="任职")),
                        ("origin", models.CharField(blank=True, max_length=60, verbose_name="来处")),
                        ("request", models.CharField(blank=True, max_length=40, verbose_name="请求")),
                        ("errand", models.BigIntegerField(null=True, verbose_name="托办")),
                        ("asked_at", models.DateTimeField(verbose_name="交办时间")),
                        ("due_at", models.DateTimeField(verbose_name="下次办理")),
                        ("lease", models.CharField(blank=True, max_length=32, verbose_name="租约")),
                        ("leased_until", models.DateTimeField(null=True, verbose_name="租到")),
                        ("tries", models.PositiveIntegerField(default=0, verbose_name="次数")),
                        ("state", models.CharField(default="waiting", max_length=10, verbose_name="状态")),
                        ("fault", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="结束")),
                    ],
                    options={
                        "verbose_name": "后台任务",
                        "indexes": [
                            models.Index(fields=["state", "due_at"], name="job_due"),
                            models.Index(fields=["lane", "state", "id"], name="job_lane"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyedDeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=80, verbose_name="重复键")),
                        ("person", models.BigIntegerField(default=0, verbose_name="办理人")),
                        ("deed", models.UUIDField(verbose_name="办理")),
                        ("action", models.CharField(max_length=60, verbose_name="动作")),
                        ("content", models.CharField(blank=True, max_length=64, verbose_name="内容哈希")),
                        ("result", models.CharField(blank=True, max_length=80, verbose_name="结果")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                    ],
                    options={
                        "verbose_name": "已办",
                        "constraints": [models.UniqueConstraint(fields=("person", "key"), name="keyed_once")],
                    },
                ),
                migrations.CreateModel(
                    name="LightSpan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(null=True, verbose_name="止")),
                        ("light", models.CharField(max_length=8, verbose_name="灯号")),
                        ("cause", models.TextField(verbose_name="缘由")),
                        ("terms", models.TextField(verbose_name="算式")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="light_spans",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "灯号时段",
                        "indexes": [models.Index(fields=["light", "since", "until", "matter"], name="light_span_day")],
                        "constraints": [models.UniqueConstraint(fields=("matter", "since"), name="light_span_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Manifest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("step", models.CharField(max_length=30, verbose_name="步骤")),
                        ("digest", models.CharField(max_length=64, verbose_name="哈希")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已收回")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="manifests",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.storedfile",
                                verbose_name="清单",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "卷宗清单",
                    },
                ),
                migrations.CreateModel(
                    name="ExpertOpinion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("verdict", models.CharField(max_length=10, verbose_name="结论")),
                        ("words", models.TextField(verbose_name="意见")),
                        ("given_at", models.DateTimeField(verbose_name="提出时间")),
                        (
                            "invitation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opinion",
                                to="bihuan.expertinvitation",
                                verbose_name="专家邀请",
                            ),
                        ),
                        (
                            "manifest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.manifest",
                                verbose_name="所看的材料",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "专家意见",
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("text", models.TextField(verbose_name="措施内容")),
                        ("completion_sign", models.TextField(blank=True, verbose_name="完成标志")),
                        ("deadline_raw", models.CharField(blank=True, max_length=200, verbose_name="时限原文")),
                        ("deadline_kind", models.CharField(default="unknown", max_length=16, verbose_name="时限种类")),
                        ("record_key", models.CharField(blank=True, max_length=40, verbose_name="导入记录")),
                        ("spans", models.JSONField(default=dict, verbose_name="出处")),
                        (
                            "campaign",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="bihuan.campaign",
                                verbose_name="举措",
                            ),
                        ),
                        (
                            "carries_out",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="carried_out_by",
                                to="bihuan.measure",
                                verbose_name="落实上级措施",
                            ),
                        ),
                        (
                            "matter",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measure",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="bihuan.plan",
                                verbose_name="方案",
                            ),
                        ),
                        (
                            "problem",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="bihuan.problem",
                                verbose_name="问题",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "整改措施",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("problem__isnull", False), ("campaign__isnull", False), _connector="OR"
                                ),
                                name="measure_has_a_place",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("name", models.CharField(max_length=120, verbose_name="指标")),
                        ("measured_in", models.CharField(blank=True, max_length=20, verbose_name="单位")),
                        (
                            "baseline",
                            models.DecimalField(decimal_places=3, max_digits=16, null=True, verbose_name="基数"),
                        ),
                        ("target", models.DecimalField(decimal_places=3, max_digits=16, verbose_name="目标")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已取消")),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indicators",
                                to="bihuan.measure",
                                verbose_name="措施",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "指标",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("due_on", models.DateField(verbose_name="日期")),
                        ("text", models.CharField(max_length=300, verbose_name="内容")),
                        (
                            "quantity",
                            models.DecimalField(decimal_places=3, max_digits=14, null=True, verbose_name="数量"),
                        ),
                        ("weight", models.DecimalField(decimal_places=2, default=1, max_digits=6, verbose_name="权重")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已取消")),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
                                to="bihuan.measure",
                                verbose_name="措施",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "节点",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="NumberSeries",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("kind", models.CharField(max_length=60, verbose_name="种类")),
                        ("last", models.PositiveIntegerField(default=0, verbose_name="末号")),
                    ],
                    options={
                        "verbose_name": "编号",
                        "constraints": [models.UniqueConstraint(fields=("city", "kind"), name="series_once")],
                    },
                ),
                migrations.CreateModel(
                    name="OfficeRules",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("small_office", models.BooleanField(default=False, verbose_name="小整改办")),
                        ("second_factor", models.CharField(default="all", max_length=10, verbose_name="第二验证")),
                        (
                            "idle_minutes",
                            models.PositiveSmallIntegerField(default=30, verbose_name="不操作几分钟后退出"),
                        ),
                        (
                            "admin_idle_minutes",
                            models.PositiveSmallIntegerField(default=15, verbose_name="管理员不操作几分钟后退出"),
                        ),
                        ("session_hours", models.PositiveSmallIntegerField(default=12, verbose_name="最长登录几小时")),
                    ],
                    options={
                        "verbose_name": "安全规则",
                        "constraints": [models.UniqueConstraint(fields=("city",), name="office_rules_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("text", models.CharField(max_length=300, verbose_name="内容")),
                        ("matter_code", models.CharField(blank=True, max_length=40, verbose_name="事项")),
                        ("sent_at", models.DateTimeField(verbose_name="时间")),
                        ("read_at", models.DateTimeField(null=True, verbose_name="读于")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="收件人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "消息",
                        "indexes": [models.Index(fields=["person", "read_at", "-sent_at"], name="message_list")],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("title", models.CharField(blank=True, max_length=40, verbose_name="组内职务")),
                        ("starts_on", models.DateField(verbose_name="起")),
                        ("ends_on", models.DateField(null=True, verbose_name="止")),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="bihuan.group",
                                verbose_name="工作组",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="bihuan.person",
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作组成员",
                    },
                ),
                migrations.CreateModel(
                    name="MatterLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("kind", models.CharField(max_length=20, verbose_name="怎样关联")),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("linked_at", models.DateTimeField(verbose_name="关联时间")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已解除")),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links_out",
                                to="bihuan.matter",
                                verbose_name="信访件",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links_in",
                                to="bihuan.matter",
                                verbose_name="问题或措施",
                            ),
                        ),
                        (
                            "linked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="关联人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "关联事项",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_ended", False)),
                                fields=("city", "first", "second"),
                                name="matters_linked_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lookup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("looked_at", models.DateTimeField(verbose_name="时间")),
                        ("field", models.CharField(max_length=20, verbose_name="字段")),
                        ("found", models.PositiveIntegerField(default=0, verbose_name="找到")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="查找人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "举报人查找",
                        "indexes": [models.Index(fields=["person", "looked_at"], name="lookup_of_person")],
                    },
                ),
                migrations.CreateModel(
                    name="InterfaceToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("label", models.CharField(max_length=60, verbose_name="用途")),
                        ("paper_number", models.CharField(blank=True, max_length=60, verbose_name="合同文号")),
                        ("digest", models.CharField(max_length=64, unique=True, verbose_name="哈希")),
                        ("beginning", models.CharField(max_length=12, verbose_name="开头几位")),
                        ("operations", models.JSONField(default=list, verbose_name="操作")),
                        ("networks", models.JSONField(default=list, verbose_name="网络地址")),
                        ("rate", models.PositiveIntegerField(verbose_name="每分钟次数")),
                        ("starts_on", models.DateField(verbose_name="起")),
                        ("ends_on", models.DateField(verbose_name="止")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="停用于")),
                        ("used_at", models.DateTimeField(null=True, verbose_name="最近使用")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tokens",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="制发人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "接口令牌",
                        "indexes": [models.Index(fields=["account", "ended_at"], name="token_of_account")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="token_ends_after_it_starts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IntakeDoubt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("record_key", models.CharField(blank=True, max_length=40, verbose_name="记录")),
                        ("field", models.CharField(blank=True, max_length=30, verbose_name="字段")),
                        ("kind", models.CharField(blank=True, max_length=40, verbose_name="种类")),
                        ("question", models.TextField(verbose_name="问题")),
                        ("choices", models.JSONField(default=list, verbose_name="选项")),
                        ("answer", models.JSONField(null=True, verbose_name="答复")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                        (
                            "intake",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="doubts",
                                to="bihuan.intake",
                                verbose_name="导入",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="答复人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "存疑",
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "intake", "number"), name="intake_doubt_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandLight",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("light", models.CharField(max_length=8, verbose_name="灯号")),
                        ("since", models.DateField(verbose_name="设定日期")),
                        ("until", models.DateField(verbose_name="截止日期")),
                        ("reason", models.TextField(verbose_name="理由")),
                        ("lifted_on", models.DateField(null=True, verbose_name="撤去日期")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hand_lights",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="设灯人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "手工设灯",
                        "indexes": [models.Index(fields=["matter", "since"], name="hand_light_matter")],
                    },
                ),
                migrations.CreateModel(
                    name="FindingsReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("ordered", models.PositiveIntegerField(null=True, verbose_name="责令改正(家)")),
                        ("punished", models.PositiveIntegerField(null=True, verbose_name="立案处罚(家)")),
                        (
                            "fined",
                            models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="罚款(元)"),
                        ),
                        ("closed_down", models.PositiveIntegerField(null=True, verbose_name="关停取缔(家)")),
                        ("suspended", models.PositiveIntegerField(null=True, verbose_name="停产限产(家)")),
                        ("seized", models.PositiveIntegerField(null=True, verbose_name="查封扣押(家)")),
                        ("investigated", models.PositiveIntegerField(null=True, verbose_name="立案侦查(件)")),
                        ("detained", models.PositiveIntegerField(null=True, verbose_name="行政拘留(人)")),
                        ("arrested", models.PositiveIntegerField(null=True, verbose_name="刑事拘留(人)")),
                        ("talked_to", models.PositiveIntegerField(null=True, verbose_name="约谈(人)")),
                        ("held_to_account", models.PositiveIntegerField(null=True, verbose_name="问责(人)")),
                        ("findings", models.TextField(verbose_name="调查核实情况")),
                        ("handling", models.TextField(blank=True, verbose_name="处理和整改情况")),
                        ("truth", models.CharField(max_length=10, verbose_name="是否属实")),
                        ("closing", models.CharField(max_length=10, verbose_name="是否办结")),
                        ("goal", models.TextField(blank=True, verbose_name="办结目标")),
                        ("due_on", models.DateField(null=True, verbose_name="整改时限")),
                        ("accountability", models.TextField(blank=True, verbose_name="责任人被处理情况")),
                        ("answers", models.JSONField(default=dict, verbose_name="对提问的说明")),
                        ("filled_at", models.DateTimeField(verbose_name="填报时间")),
                        ("settled_at", models.DateTimeField(null=True, verbose_name="进入结果")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已收回")),
                        (
                            "filled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="填报人",
                            ),
                        ),
                        (
                            "undertaking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings_reports",
                                to="bihuan.undertaking",
                                verbose_name="承办",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "核实情况",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_ended", False)),
                                fields=("city", "undertaking"),
                                name="findings_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("reason", models.TextField(verbose_name="延期理由")),
                        ("steps", models.TextField(verbose_name="延期期间的措施")),
                        ("old_due_on", models.DateField(verbose_name="原时限")),
                        ("new_due_on", models.DateField(verbose_name="延期至")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("applied_at", models.DateTimeField(verbose_name="申请时间")),
                        ("approved_on", models.DateField(null=True, verbose_name="批准日期")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "applied_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="申请人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "延期",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ("applied", "lead_agreed", "office_agreed", "group_agreed"))
                                ),
                                fields=("city", "matter"),
                                name="one_extension_pending",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Export",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("code", models.CharField(max_length=20, verbose_name="编号")),
                        ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                        ("codes", models.JSONField(default=list, verbose_name="信访件")),
                        ("fields", models.JSONField(default=list, verbose_name="字段")),
                        ("reason", models.CharField(max_length=20, verbose_name="理由")),
                        ("words", models.CharField(max_length=300, verbose_name="说明")),
                        ("recipient", models.CharField(max_length=100, verbose_name="交给")),
                        ("paper", models.CharField(max_length=100, verbose_name="依据文号")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                        ("opinion", models.CharField(blank=True, max_length=300, verbose_name="意见")),
                        ("made_at", models.DateTimeField(null=True, verbose_name="生成时间")),
                        ("count", models.PositiveIntegerField(default=0, verbose_name="举报人数")),
                        ("shown_at", models.DateTimeField(null=True, verbose_name="密码取走")),
                        ("sealed_password", models.BinaryField(default=b"", verbose_name="密码")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="申请人",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="批准人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "举报人信息导出",
                        "indexes": [models.Index(fields=["asked_by", "made_at"], name="export_of_person")],
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "code"), name="export_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="export_decided_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("made_at__isnull", True), ("decided_by__isnull", False), _connector="OR"
                                ),
                                name="export_made_when_agreed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Explanation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("check_name", models.CharField(max_length=40, verbose_name="检查项")),
                        ("subject", models.CharField(max_length=60, verbose_name="对象")),
                        ("digest", models.CharField(max_length=64, verbose_name="所说明的内容")),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("explained_at", models.DateTimeField(verbose_name="说明时间")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="说明人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "体检说明",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "check_name", "subject", "digest"), name="explanation_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exemption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("what", models.CharField(max_length=30, verbose_name="放行什么")),
                        ("reason", models.TextField(verbose_name="理由")),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("post", models.CharField(blank=True, max_length=120, verbose_name="职务")),
                        ("passed_at", models.DateTimeField(verbose_name="放行时间")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exemptions",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="放行人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "破例放行",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "matter", "round_number", "what"), name="exempted_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConditionAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("condition", models.CharField(max_length=20, verbose_name="条件")),
                        ("is_met", models.BooleanField(verbose_name="符合")),
                        ("words", models.TextField(verbose_name="依据")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已改答")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="答复人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "验收条件答复",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_ended", False)),
                                fields=("city", "matter", "round_number", "condition"),
                                name="condition_answered_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Petition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("ordered", models.PositiveIntegerField(null=True, verbose_name="责令改正(家)")),
                        ("punished", models.PositiveIntegerField(null=True, verbose_name="立案处罚(家)")),
                        (
                            "fined",
                            models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="罚款(元)"),
                        ),
                        ("closed_down", models.PositiveIntegerField(null=True, verbose_name="关停取缔(家)")),
                        ("suspended", models.PositiveIntegerField(null=True, verbose_name="停产限产(家)")),
                        ("seized", models.PositiveIntegerField(null=True, verbose_name="查封扣押(家)")),
                        ("investigated", models.PositiveIntegerField(null=True, verbose_name="立案侦查(件)")),
                        ("detained", models.PositiveIntegerField(null=True, verbose_name="行政拘留(人)")),
                        ("arrested", models.PositiveIntegerField(null=True, verbose_name="刑事拘留(人)")),
                        ("talked_to", models.PositiveIntegerField(null=True, verbose_name="约谈(人)")),
                        ("held_to_account", models.PositiveIntegerField(null=True, verbose_name="问责(人)")),
                        ("row", models.PositiveIntegerField(null=True, verbose_name="序号")),
                        ("number", models.CharField(max_length=60, verbose_name="受理编号")),
                        ("number_key", models.CharField(max_length=60, verbose_name="编号键")),
                        ("channel", models.CharField(blank=True, max_length=10, verbose_name="受理方式")),
                        ("received_on", models.DateField(null=True, verbose_name="受理日期")),
                        ("reply_due_on", models.DateField(null=True, verbose_name="反馈期限")),
                        ("answered_on", models.DateField(null=True, verbose_name="反馈日期")),
                        ("is_key_case", models.BooleanField(default=False, verbose_name="重点关注件")),
                        ("is_supervised", models.BooleanField(default=False, verbose_name="督办件")),
                        ("is_joint", models.BooleanField(default=False, verbose_name="联合办理")),
                        ("region_raw", models.CharField(blank=True, max_length=120, verbose_name="行政区域原文")),
                        ("complained_of", models.CharField(blank=True, max_length=200, verbose_name="被反映对象")),
                        ("content", models.TextField(verbose_name="交办问题基本情况")),
                        ("main_type", models.CharField(blank=True, max_length=20, verbose_name="主要污染类型")),
                        ("types", models.JSONField(default=list, verbose_name="污染类型")),
                        ("findings", models.TextField(blank=True, verbose_name="调查核实情况")),
                        ("truth", models.CharField(blank=True, max_length=10, verbose_name="是否属实")),
                        ("handling", models.TextField(blank=True, verbose_name="处理和整改情况")),
                        ("goal", models.TextField(blank=True, verbose_name="办结目标")),
                        ("closing", models.CharField(blank=True, max_length=10, verbose_name="是否办结")),
                        ("accountability", models.TextField(blank=True, verbose_name="责任人被处理情况")),
                        ("document_numbers", models.JSONField(default=list, verbose_name="文号")),
                        ("repeats", models.JSONField(default=list, verbose_name="重复件编号")),
                        ("deadline_raw", models.CharField(blank=True, max_length=200, verbose_name="时限原文")),
                        ("record_key", models.CharField(blank=True, max_length=40, verbose_name="导入记录")),
                        ("spans", models.JSONField(default=dict, verbose_name="出处")),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="petitions",
                                to="bihuan.batch",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "matter",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="petition",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "信访举报件",
                        "indexes": [
                            models.Index(fields=["number_key"], name="petition_number"),
                            models.Index(fields=["-batch", "row", "id", "matter"], name="petition_ledger"),
                            models.Index(fields=["main_type", "-batch", "row", "id", "matter"], name="petition_type"),
                            models.Index(fields=["truth", "-batch", "row", "id", "matter"], name="petition_truth"),
                            models.Index(fields=["closing", "-batch", "row", "id", "matter"], name="petition_closing"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "batch", "number_key"), name="petition_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Merger",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已更正收回")),
                        (
                            "petition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mergers",
                                to="bihuan.petition",
                                verbose_name="信访件",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="bihuan.petition",
                                verbose_name="并入",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "并案",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_withdrawn", False)),
                                fields=("city", "petition"),
                                name="merged_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallBack",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("called_on", models.DateField(verbose_name="回访日期")),
                        ("way", models.CharField(max_length=10, verbose_name="方式")),
                        ("outcome", models.CharField(max_length=10, verbose_name="结果")),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="原因")),
                        ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已收回")),
                        (
                            "called_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="回访人",
                            ),
                        ),
                        (
                            "petition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="call_backs",
                                to="bihuan.petition",
                                verbose_name="信访件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "回访",
                        "indexes": [
                            models.Index(fields=["petition", "round_number", "called_on"], name="call_back_of_petition")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Petitioner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("code", models.CharField(max_length=16, verbose_name="代号")),
                        ("name", models.BinaryField(default=b"", verbose_name="姓名")),
                        ("phone", models.BinaryField(default=b"", verbose_name="电话")),
                        ("id_number", models.BinaryField(default=b"", verbose_name="身份证号")),
                        ("address", models.BinaryField(default=b"", verbose_name="住址")),
                        ("email", models.BinaryField(default=b"", verbose_name="电子邮箱")),
                        ("wechat", models.BinaryField(default=b"", verbose_name="微信")),
                        ("note", models.BinaryField(default=b"", verbose_name="备注")),
                        ("original", models.BinaryField(default=b"", verbose_name="来件原文")),
                        ("wrapped_key", models.BinaryField(default=b"", verbose_name="密钥")),
                        (
                            "phone_index",
                            models.CharField(blank=True, default="", max_length=64, verbose_name="电话索引"),
                        ),
                        (
                            "id_number_index",
                            models.CharField(blank=True, default="", max_length=64, verbose_name="身份证号索引"),
                        ),
                        ("destroyed_on", models.DateField(null=True, verbose_name="密钥销毁")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已撤回导入")),
                        (
                            "petition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="petitioner",
                                to="bihuan.petition",
                                verbose_name="信访件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "举报人",
                        "indexes": [
                            models.Index(fields=["phone_index"], name="petitioner_phone"),
                            models.Index(fields=["id_number_index"], name="petitioner_id"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("city", "code"), name="petitioner_code_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Opening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                        ("fields", models.JSONField(default=list, verbose_name="字段")),
                        ("reason", models.CharField(max_length=20, verbose_name="理由")),
                        ("words", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        ("is_kin", models.BooleanField(default=False, verbose_name="有亲属或利害关系")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                        ("opened_at", models.DateTimeField(null=True, verbose_name="打开时间")),
                        ("until", models.DateTimeField(null=True, verbose_name="有效到")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="提出人",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="批准人",
                            ),
                        ),
                        (
                            "petitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="bihuan.petitioner",
                                verbose_name="举报人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "举报人查看",
                        "indexes": [models.Index(fields=["asked_by", "opened_at"], name="opening_of_person")],
                    },
                ),
                migrations.CreateModel(
                    name="Destruction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="确认人",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="提出人",
                            ),
                        ),
                        (
                            "petitioner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="destructions",
                                to="bihuan.petitioner",
                                verbose_name="举报人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "举报人信息销毁",
                    },
                ),
                migrations.CreateModel(
                    name="PetitionPair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("kind", models.CharField(max_length=10, verbose_name="可能是")),
                        ("strength", models.PositiveSmallIntegerField(verbose_name="相近程度")),
                        ("reasons", models.JSONField(default=list, verbose_name="理由")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                        ("judged_at", models.DateTimeField(null=True, verbose_name="研判时间")),
                        ("opinion", models.TextField(blank=True, verbose_name="研判意见")),
                        (
                            "earlier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="later_pairs",
                                to="bihuan.petition",
                                verbose_name="先来的",
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="研判人",
                            ),
                        ),
                        (
                            "later",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="earlier_pairs",
                                to="bihuan.petition",
                                verbose_name="后来的",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "疑似重复",
                        "indexes": [models.Index(fields=["state", "later"], name="petition_pair_open")],
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "earlier", "later"), name="petition_pair_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("issued_on", models.DateField(null=True, verbose_name="印发")),
                        ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                        ("state", models.CharField(default="issued", max_length=20, verbose_name="状态")),
                        ("opened_at", models.DateTimeField(null=True, verbose_name="开始起草或修订")),
                        ("revised_because", models.TextField(blank=True, default="", verbose_name="修订理由")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已撤回导入")),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="bihuan.inspection",
                                verbose_name="督察",
                            ),
                        ),
                        (
                            "intake",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="bihuan.intake",
                                verbose_name="导入",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="bihuan.plan",
                                verbose_name="上级方案",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="bihuan.unit",
                                verbose_name="制定单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "整改方案",
                    },
                ),
                migrations.CreateModel(
                    name="Deliberation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("body", models.CharField(max_length=60, verbose_name="会议")),
                        ("held_on", models.DateField(verbose_name="日期")),
                        ("outcome", models.CharField(max_length=200, verbose_name="结果")),
                        ("meeting", models.CharField(blank=True, default="", max_length=60, verbose_name="会次")),
                        ("paper", models.CharField(blank=True, default="", max_length=60, verbose_name="纪要文号")),
                        ("recorded_at", models.DateTimeField(null=True, verbose_name="记下时间")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已撤去")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliberations",
                                to="bihuan.plan",
                                verbose_name="方案",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "方案审议",
                    },
                ),
                migrations.CreateModel(
                    name="PlanEdition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                        ("reason", models.TextField(blank=True, verbose_name="理由")),
                        ("approver", models.CharField(blank=True, max_length=200, verbose_name="批准")),
                        ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("dated_on", models.DateField(null=True, verbose_name="文件日期")),
                        ("content", models.JSONField(default=list, verbose_name="内容")),
                        ("written_at", models.DateTimeField(verbose_name="写入时间")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已撤回")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="bihuan.plan",
                                verbose_name="方案",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "方案版次",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_withdrawn", False)),
                                fields=("city", "plan", "number"),
                                name="edition_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanRemark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("subject", models.CharField(max_length=60, verbose_name="差异")),
                        ("digest", models.CharField(max_length=64, verbose_name="所说明的内容")),
                        ("reason", models.CharField(max_length=300, verbose_name="说明")),
                        ("explained_at", models.DateTimeField(verbose_name="说明时间")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已改写")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="说明人",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remarks",
                                to="bihuan.plan",
                                verbose_name="方案",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "差异说明",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_withdrawn", False)),
                                fields=("city", "plan", "subject", "digest"),
                                name="plan_remark_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("project", models.CharField(max_length=120, verbose_name="项目")),
                        ("stage", models.CharField(blank=True, max_length=20, verbose_name="阶段")),
                        (
                            "investment_wan",
                            models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="投资(万元)"),
                        ),
                        (
                            "quantity",
                            models.DecimalField(decimal_places=3, max_digits=16, null=True, verbose_name="数量"),
                        ),
                        ("due_on", models.DateField(null=True, verbose_name="时限")),
                        (
                            "done",
                            models.DecimalField(decimal_places=3, max_digits=16, null=True, verbose_name="已完成"),
                        ),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已取消")),
                        (
                            "indicator",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="bihuan.indicator",
                                verbose_name="指标",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="bihuan.measure",
                                verbose_name="措施",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="具体责任人",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.post",
                                verbose_name="岗位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "任务分解",
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("role", models.CharField(max_length=4, verbose_name="角色")),
                        ("starts_on", models.DateField(verbose_name="起")),
                        ("ends_on", models.DateField(null=True, verbose_name="止")),
                        ("paper_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("standing", models.CharField(default="confirmed", max_length=10, verbose_name="授予状态")),
                        ("confirmed_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                        ("until", models.DateTimeField(null=True, verbose_name="到点")),
                        (
                            "stands_in_for",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins",
                                to="bihuan.appointment",
                                verbose_name="代理",
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.inspection",
                                verbose_name="督察",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="确认人",
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="授予人",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="bihuan.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="bihuan.post",
                                verbose_name="岗位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "任职",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("granted_by__isnull", True),
                                    ("person__isnull", True),
                                    models.Q(("granted_by", models.F("person")), _negated=True),
                                    _connector="OR",
                                ),
                                name="granter_is_not_holder",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    ("person__isnull", True),
                                    models.Q(("confirmed_by", models.F("person")), _negated=True),
                                    _connector="OR",
                                ),
                                name="confirmer_is_not_holder",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    ("granted_by__isnull", True),
                                    models.Q(("confirmed_by", models.F("granted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="confirmer_is_not_granter",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("granted_by__isnull", True),
                                    models.Q(("standing", "confirmed"), _negated=True),
                                    ("confirmed_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="grant_is_confirmed_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="appointment_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stands_in_for__isnull", True), ("ends_on__isnull", False), _connector="OR"
                                ),
                                name="delegation_has_an_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    models.Q(
                                        ("confirmed_by__isnull", False),
                                        ("ends_on__isnull", False),
                                        ("granted_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="emergency_is_given_by_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Problem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("upper_number", models.CharField(blank=True, max_length=60, verbose_name="上级序号")),
                        ("county_number", models.CharField(blank=True, max_length=60, verbose_name="县级序号")),
                        ("title", models.CharField(max_length=300, verbose_name="问题")),
                        ("text", models.TextField(verbose_name="反馈问题原文")),
                        ("pollution_type", models.CharField(blank=True, max_length=20, verbose_name="污染类型")),
                        ("nature", models.CharField(blank=True, max_length=10, verbose_name="整改类别")),
                        ("target", models.TextField(blank=True, verbose_name="整改目标")),
                        ("deadline_raw", models.CharField(blank=True, max_length=200, verbose_name="时限原文")),
                        ("deadline_kind", models.CharField(default="unknown", max_length=16, verbose_name="时限种类")),
                        ("is_prominent", models.BooleanField(default=False, verbose_name="重点难点")),
                        (
                            "acceptance_level",
                            models.CharField(default="市级验收", max_length=10, verbose_name="验收级别"),
                        ),
                        ("is_engineering", models.BooleanField(null=True, verbose_name="工程类")),
                        ("remark", models.TextField(blank=True, verbose_name="备注")),
                        ("record_key", models.CharField(blank=True, max_length=40, verbose_name="导入记录")),
                        ("spans", models.JSONField(default=dict, verbose_name="出处")),
                        (
                            "aspect",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="problems",
                                to="bihuan.aspect",
                                verbose_name="方面",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="problems",
                                to="bihuan.campaign",
                                verbose_name="举措",
                            ),
                        ),
                        (
                            "matter",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="problem",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="problems",
                                to="bihuan.plan",
                                verbose_name="方案",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "整改问题",
                        "indexes": [models.Index(fields=["plan", "number"], name="problem_in_plan")],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("on", models.DateField(verbose_name="截至")),
                        ("is_unchanged", models.BooleanField(default=False, verbose_name="无变化")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="无变化的原因")),
                        ("done", models.TextField(blank=True, verbose_name="本期进展")),
                        ("difficulties", models.TextField(blank=True, verbose_name="存在问题")),
                        ("next_steps", models.TextField(blank=True, verbose_name="下步打算")),
                        (
                            "percent",
                            models.DecimalField(decimal_places=2, max_digits=8, null=True, verbose_name="完成比例(%)"),
                        ),
                        ("expected_on", models.DateField(null=True, verbose_name="预计完成")),
                        ("answers", models.JSONField(default=dict, verbose_name="对提问的说明")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("filled_at", models.DateTimeField(verbose_name="填报时间")),
                        ("approved_at", models.DateTimeField(null=True, verbose_name="审定时间")),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="审核人",
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="bihuan.progressreport",
                                verbose_name="更正哪一条",
                            ),
                        ),
                        (
                            "filled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="填报人",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "进展填报",
                        "indexes": [models.Index(fields=["matter", "state", "on"], name="progress_of_matter")],
                    },
                ),
                migrations.CreateModel(
                    name="MilestoneReached",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("reached_on", models.DateField(verbose_name="到达日期")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已收回")),
                        (
                            "milestone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reached",
                                to="bihuan.milestone",
                                verbose_name="节点",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reached",
                                to="bihuan.progressreport",
                                verbose_name="进展填报",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "节点到达",
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("cumulative", models.DecimalField(decimal_places=3, max_digits=16, verbose_name="累计")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已收回")),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="bihuan.indicator",
                                verbose_name="指标",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="bihuan.progressreport",
                                verbose_name="进展填报",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "指标读数",
                    },
                ),
                migrations.CreateModel(
                    name="PublicNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("starts_on", models.DateField(verbose_name="公示起")),
                        ("ends_on", models.DateField(verbose_name="公示止")),
                        ("days", models.PositiveSmallIntegerField(verbose_name="公示天数")),
                        ("counted_as", models.CharField(max_length=10, verbose_name="天数按")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已撤下")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公示",
                    },
                ),
                migrations.CreateModel(
                    name="Receiver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        ("url", models.CharField(max_length=300, verbose_name="地址")),
                        ("secret", models.TextField(verbose_name="签名密钥(密封)")),
                        ("state", models.CharField(default="waiting", max_length=10, verbose_name="状态")),
                        ("added_at", models.DateTimeField(verbose_name="登记时间")),
                        ("confirmed_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="确认人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "接收方",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "off"), _negated=True),
                                fields=("city", "url"),
                                name="receiver_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("confirmed_by", models.F("added_by")), _negated=True),
                                name="receiver_confirmed_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "on"), _negated=True),
                                    ("confirmed_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="receiver_on_confirmed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("kind", models.CharField(max_length=12, verbose_name="种类")),
                        ("planned_on", models.DateField(verbose_name="计划日期")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("seed", models.CharField(blank=True, max_length=60, verbose_name="抽取种子")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已取消")),
                        (
                            "check_made",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rechecks",
                                to="bihuan.fieldcheck",
                                verbose_name="现场核查",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rechecks",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "复查",
                        "indexes": [models.Index(fields=["state", "planned_on"], name="recheck_due")],
                    },
                ),
                migrations.CreateModel(
                    name="RecoveryCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("digest", models.CharField(max_length=64, verbose_name="哈希")),
                        ("spent_at", models.DateTimeField(null=True, verbose_name="用于")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recovery_codes",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "备用码",
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "account", "digest"), name="recovery_code_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Region",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("code", models.CharField(max_length=12, verbose_name="代码")),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        ("short_name", models.CharField(blank=True, max_length=30, verbose_name="简称")),
                        ("level", models.CharField(max_length=10, verbose_name="级别")),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="bihuan.region",
                                verbose_name="上级",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行政区划",
                        "constraints": [models.UniqueConstraint(fields=("city", "code"), name="region_code_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("code", models.CharField(max_length=24, verbose_name="编号")),
                        ("kind", models.CharField(default="notice", max_length=16, verbose_name="种类")),
                        ("about_code", models.CharField(max_length=24, verbose_name="所公开的事项")),
                        ("about_round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("publication", models.PositiveSmallIntegerField(default=0, verbose_name="第几次公示")),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("sections", models.JSONField(default=dict, verbose_name="稿")),
                        ("redacted", models.JSONField(default=dict, verbose_name="公开稿")),
                        ("left", models.JSONField(default=list, verbose_name="提出而未涂")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("drafted_at", models.DateTimeField(verbose_name="拟稿时间")),
                        ("approved_at", models.DateTimeField(null=True, verbose_name="审批时间")),
                        ("digest", models.CharField(blank=True, max_length=64, verbose_name="所审哈希")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="公开时间")),
                        ("starts_on", models.DateField(null=True, verbose_name="公示起")),
                        ("ends_on", models.DateField(null=True, verbose_name="公示止")),
                        ("days", models.PositiveSmallIntegerField(default=0, verbose_name="公示天数")),
                        ("counted_as", models.CharField(blank=True, max_length=10, verbose_name="按")),
                        ("period", models.CharField(blank=True, max_length=120, verbose_name="公示期")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤下时间")),
                        ("source", models.CharField(blank=True, default="", max_length=64, verbose_name="所据答复")),
                        (
                            "petition_number",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="受理编号"),
                        ),
                        (
                            "inspection_name",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="督察"),
                        ),
                        ("batch_label", models.CharField(blank=True, default="", max_length=40, verbose_name="批次")),
                        ("county", models.CharField(blank=True, default="", max_length=60, verbose_name="行政区域")),
                        (
                            "main_type",
                            models.CharField(blank=True, default="", max_length=20, verbose_name="主要污染类型"),
                        ),
                        ("truth", models.CharField(blank=True, default="", max_length=10, verbose_name="是否属实")),
                        ("closing", models.CharField(blank=True, default="", max_length=10, verbose_name="是否办结")),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="审批人",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="拟稿人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公开文本",
                        "indexes": [
                            models.Index(fields=["kind", "state", "ends_on"], name="release_running"),
                            models.Index(fields=["city", "about_code", "kind", "state"], name="release_about"),
                            models.Index(fields=["kind", "state", "code"], name="release_code"),
                            models.Index(fields=["kind", "state", "id"], name="release_newest"),
                            models.Index(fields=["kind", "state", "published_at"], name="release_published"),
                            models.Index(fields=["kind", "state", "petition_number"], name="release_number"),
                            models.Index(
                                fields=["kind", "state", "inspection_name", "batch_label", "city"],
                                name="release_batches",
                            ),
                            models.Index(
                                fields=["kind", "state", "county", "main_type", "truth", "closing"],
                                name="release_counted",
                            ),
                            models.Index(
                                fields=["kind", "state", "inspection_name", "id"], name="release_inspection_name"
                            ),
                            models.Index(fields=["kind", "state", "batch_label", "id"], name="release_batch_label"),
                            models.Index(fields=["kind", "state", "county", "id"], name="release_county"),
                            models.Index(fields=["kind", "state", "main_type", "id"], name="release_main_type"),
                            models.Index(fields=["kind", "state", "truth", "id"], name="release_truth"),
                            models.Index(fields=["kind", "state", "closing", "id"], name="release_closing"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "code"), name="release_code_once"),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind", "notice"),
                                    models.Q(
                                        ("state", bihuan.disclosure.rules.release.ReleaseState["WITHDRAWN"]),
                                        _negated=True,
                                    ),
                                ),
                                fields=("city", "about_code", "about_round"),
                                name="release_live_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind", "petition"),
                                    (
                                        "state__in",
                                        (
                                            bihuan.disclosure.rules.release.ReleaseState["DRAFT"],
                                            bihuan.disclosure.rules.release.ReleaseState["REDACTED"],
                                            bihuan.disclosure.rules.release.ReleaseState["APPROVED"],
                                        ),
                                    ),
                                ),
                                fields=("city", "about_code"),
                                name="release_in_hand_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind", "petition"),
                                    ("state", bihuan.disclosure.rules.release.ReleaseState["RELEASED"]),
                                ),
                                fields=("city", "about_code"),
                                name="release_shown_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="release_approved_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("code", models.CharField(max_length=24, verbose_name="编号")),
                        ("text", models.TextField(verbose_name="意见")),
                        ("has_contact", models.BooleanField(default=False, verbose_name="留了联系方式")),
                        ("sealed", models.BinaryField(default=b"", verbose_name="原文和联系方式")),
                        ("wrapped_key", models.BinaryField(default=b"", verbose_name="密钥")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("answer", models.TextField(blank=True, verbose_name="核查结论")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="认定时间")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="认定人",
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="bihuan.release",
                                verbose_name="公开文本",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "不同意见",
                        "constraints": [models.UniqueConstraint(fields=("city", "code"), name="objection_code_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RepeatKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=160, verbose_name="键")),
                        (
                            "petition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repeat_keys",
                                to="bihuan.petition",
                                verbose_name="信访件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "查重键",
                        "constraints": [models.UniqueConstraint(fields=("key", "petition"), name="repeat_key_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Round",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("state", models.CharField(max_length=30, verbose_name="状态")),
                        ("variant", models.CharField(blank=True, max_length=20, verbose_name="流程")),
                        ("opened_because", models.CharField(blank=True, max_length=200, verbose_name="开启缘由")),
                        ("handed_over_at", models.DateTimeField(null=True, verbose_name="交办时间")),
                        ("received_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                        ("claim_digest", models.CharField(blank=True, max_length=64, verbose_name="申请哈希")),
                        ("package_digest", models.CharField(blank=True, max_length=64, verbose_name="卷宗哈希")),
                        ("closed_on", models.DateField(null=True, verbose_name="闭合")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办理轮次",
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "matter", "number"), name="round_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleSet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        ("is_publish_first", models.BooleanField(default=False, verbose_name="先公示后验收")),
                        (
                            "decline_days",
                            models.PositiveSmallIntegerField(default=3, verbose_name="退回交办期限(工作日)"),
                        ),
                        (
                            "reply_days",
                            models.PositiveSmallIntegerField(default=10, verbose_name="信访反馈期限(自然日)"),
                        ),
                        ("notice_days", models.PositiveSmallIntegerField(default=10, verbose_name="公示期(工作日)")),
                        (
                            "due_soon_days",
                            models.PositiveSmallIntegerField(default=30, verbose_name="临期提示(自然日)"),
                        ),
                        (
                            "petitioner_years",
                            models.PositiveSmallIntegerField(default=2, verbose_name="举报人信息保存(销号后年)"),
                        ),
                        (
                            "notice_counted_as",
                            models.CharField(default="工作日", max_length=10, verbose_name="公示期按"),
                        ),
                        ("is_unchanged_approved", models.BooleanField(default=False, verbose_name="无变化也须审核")),
                        ("report_every", models.CharField(default="week", max_length=12, verbose_name="填报周期")),
                        (
                            "recheck_months",
                            models.CharField(default="3,6,12", max_length=40, verbose_name="销号后复查(月)"),
                        ),
                        ("due_close_days", models.PositiveSmallIntegerField(default=7, verbose_name="将到期(自然日)")),
                        (
                            "due_close_points",
                            models.PositiveSmallIntegerField(default=80, verbose_name="将到期应完成(%)"),
                        ),
                        (
                            "milestone_missed_days",
                            models.PositiveSmallIntegerField(default=15, verbose_name="节点超期转红(自然日)"),
                        ),
                        (
                            "tolerance_points",
                            models.PositiveSmallIntegerField(default=10, verbose_name="序时容差(百分点)"),
                        ),
                    ],
                    options={
                        "verbose_name": "规则",
                        "constraints": [models.UniqueConstraint(fields=("city", "name"), name="rule_set_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("ledger", models.CharField(max_length=40, verbose_name="台账")),
                        ("label", models.CharField(max_length=40, verbose_name="名称")),
                        ("question", models.TextField(blank=True, verbose_name="条件")),
                        ("is_dropped", models.BooleanField(default=False, verbose_name="已删去")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="views",
                                to="bihuan.person",
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "视图",
                        "indexes": [models.Index(fields=["person", "ledger"], name="view_of_person")],
                    },
                ),
                migrations.CreateModel(
                    name="SealedCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("role", models.CharField(max_length=4, verbose_name="角色")),
                        ("digest", models.CharField(max_length=64, verbose_name="哈希")),
                        ("made_at", models.DateTimeField(verbose_name="生成时间")),
                        ("spent_at", models.DateTimeField(null=True, verbose_name="用于")),
                        ("voided_at", models.DateTimeField(null=True, verbose_name="作废于")),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sealed_codes",
                                to="bihuan.person",
                                verbose_name="保管人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "应急封存码",
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "holder", "digest"), name="sealed_code_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("step", models.CharField(max_length=30, verbose_name="步骤")),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("post", models.CharField(blank=True, max_length=120, verbose_name="职务")),
                        ("opinion", models.TextField(blank=True, verbose_name="意见")),
                        ("digest", models.CharField(max_length=64, verbose_name="所签哈希")),
                        ("signed_at", models.DateTimeField(verbose_name="签字时间")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已收回")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="签字人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "签字",
                    },
                ),
                migrations.CreateModel(
                    name="SignIn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("device", models.CharField(max_length=40, verbose_name="设备")),
                        ("browser", models.CharField(blank=True, max_length=120, verbose_name="浏览器")),
                        ("origin", models.CharField(blank=True, max_length=60, verbose_name="来处")),
                        ("proof", models.CharField(max_length=20, verbose_name="凭据")),
                        ("began_at", models.DateTimeField(verbose_name="开始")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="结束")),
                        ("ended_because", models.CharField(blank=True, max_length=20, verbose_name="结束缘由")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ins",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "登录",
                        "indexes": [models.Index(fields=["account", "ended_at"], name="sign_in_open")],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                        ("seen_at", models.DateTimeField(null=True, verbose_name="最近操作")),
                        (
                            "sign_in",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="bihuan.signin",
                                verbose_name="登录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "会话",
                        "verbose_name_plural": "sessions",
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Slip",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("digest", models.CharField(max_length=64, verbose_name="哈希")),
                        ("reason", models.CharField(max_length=200, verbose_name="缘由")),
                        ("ends_factors", models.BooleanField(default=False, verbose_name="同时停用第二验证")),
                        ("valid_until", models.DateTimeField(verbose_name="有效至")),
                        ("wants_confirmation", models.BooleanField(default=False, verbose_name="须另一人确认")),
                        ("spent_at", models.DateTimeField(null=True, verbose_name="用于")),
                        ("voided_at", models.DateTimeField(null=True, verbose_name="作废于")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slips",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slips_confirmed",
                                to="bihuan.person",
                                verbose_name="确认人",
                            ),
                        ),
                        (
                            "printed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slips_printed",
                                to="bihuan.person",
                                verbose_name="打印人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "一次性凭条",
                        "indexes": [models.Index(fields=["account", "spent_at"], name="slip_of_account")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    ("printed_by__isnull", True),
                                    models.Q(("confirmed_by", models.F("printed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="slip_confirmed_by_another",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("size", models.BigIntegerField(verbose_name="字节数")),
                        ("name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("is_sealed", models.BooleanField(default=False, verbose_name="加密保存")),
                        ("seal", models.CharField(blank=True, default="", max_length=16, verbose_name="封号")),
                        ("wrapped_key", models.BinaryField(default=b"", verbose_name="密钥")),
                        ("destroyed_on", models.DateField(null=True, verbose_name="密钥销毁")),
                    ],
                    options={
                        "verbose_name": "文件",
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "sha256", "is_sealed", "seal"), name="file_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("kind", models.CharField(max_length=20, verbose_name="种类")),
                        ("caption", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("proves", models.CharField(blank=True, max_length=30, verbose_name="证明什么")),
                        ("taken_at", models.DateTimeField(null=True, verbose_name="拍摄时间")),
                        (
                            "latitude",
                            models.DecimalField(decimal_places=6, max_digits=12, null=True, verbose_name="纬度"),
                        ),
                        (
                            "longitude",
                            models.DecimalField(decimal_places=6, max_digits=12, null=True, verbose_name="经度"),
                        ),
                        ("datum", models.CharField(blank=True, max_length=10, verbose_name="坐标系")),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                        ("words", models.TextField(blank=True, default="", verbose_name="文字")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已作废")),
                        (
                            "before",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="afters",
                                to="bihuan.evidence",
                                verbose_name="对比的整改前照片",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="bihuan.progressreport",
                                verbose_name="随哪次填报",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.storedfile",
                                verbose_name="文件",
                            ),
                        ),
                        (
                            "preview",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.storedfile",
                                verbose_name="预览",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "佐证",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_ended", False)),
                                fields=("city", "matter", "file"),
                                name="evidence_once_on_a_matter",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("text", models.TextField(verbose_name="反映内容")),
                        ("finding", models.TextField(blank=True, verbose_name="核实情况")),
                        ("truth", models.CharField(blank=True, max_length=10, verbose_name="是否属实")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已收回")),
                        (
                            "petition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sub_items",
                                to="bihuan.petition",
                                verbose_name="信访件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "分项",
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "petition", "number"), name="sub_item_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("finding", models.TextField(verbose_name="核实情况")),
                        ("truth", models.CharField(max_length=10, verbose_name="是否属实")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已收回")),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="bihuan.findingsreport",
                                verbose_name="核实情况",
                            ),
                        ),
                        (
                            "sub_item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="found",
                                to="bihuan.subitem",
                                verbose_name="分项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "分项核实",
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "report", "sub_item"), name="item_finding_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sweep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("code", models.CharField(max_length=24, verbose_name="编号")),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("aspect", models.CharField(blank=True, max_length=120, verbose_name="排查方面")),
                        ("looks_for", models.TextField(verbose_name="查什么")),
                        ("due_on", models.DateField(verbose_name="时限")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("issued_at", models.DateTimeField(null=True, verbose_name="下达时间")),
                        ("conclusion", models.TextField(blank=True, verbose_name="汇总结论")),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="起草人",
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sweeps",
                                to="bihuan.inspection",
                                verbose_name="督察",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sweeps",
                                to="bihuan.matter",
                                verbose_name="由哪一项引出",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "全面排查",
                        "constraints": [models.UniqueConstraint(fields=("city", "code"), name="sweep_code_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SweepPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("place", models.CharField(max_length=120, verbose_name="点位")),
                        ("answer", models.CharField(blank=True, max_length=10, verbose_name="答复")),
                        ("checked_by", models.CharField(blank=True, max_length=120, verbose_name="排查人")),
                        ("checked_on", models.DateField(null=True, verbose_name="排查日期")),
                        ("words", models.TextField(blank=True, verbose_name="排查情况")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="答复人",
                            ),
                        ),
                        (
                            "sweep",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="bihuan.sweep",
                                verbose_name="排查",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sweep_places",
                                to="bihuan.unit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "排查点位",
                        "indexes": [models.Index(fields=["unit", "answer"], name="sweep_place_owed")],
                        "constraints": [
                            models.UniqueConstraint(fields=("city", "sweep", "unit", "place"), name="sweep_place_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SweepFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("spot", models.CharField(max_length=120, verbose_name="地点或对象")),
                        ("text", models.TextField(verbose_name="发现的问题")),
                        ("decision", models.CharField(blank=True, max_length=10, verbose_name="处置")),
                        ("reason", models.TextField(blank=True, verbose_name="处置说明")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已退回重报")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="处置人",
                            ),
                        ),
                        (
                            "problem",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="found_by",
                                to="bihuan.matter",
                                verbose_name="列成的问题",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="bihuan.sweepplace",
                                verbose_name="点位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "排查发现",
                    },
                ),
                migrations.CreateModel(
                    name="TakenOver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("place", models.CharField(blank=True, max_length=80, verbose_name="出处")),
                        ("word", models.CharField(max_length=60, verbose_name="原状态")),
                        ("standing", models.CharField(max_length=10, verbose_name="现状")),
                        ("progress", models.TextField(blank=True, verbose_name="最近进展")),
                        ("handed_over_on", models.DateField(null=True, verbose_name="原交办日期")),
                        ("closed_on", models.DateField(null=True, verbose_name="原闭合日期")),
                        ("filing_number", models.CharField(blank=True, max_length=60, verbose_name="原销号备案号")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已撤回导入")),
                        (
                            "intake",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_over",
                                to="bihuan.intake",
                                verbose_name="导入",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="takings",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "接管",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_withdrawn", False)),
                                fields=("city", "matter"),
                                name="taken_over_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Undertaking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("state", models.CharField(max_length=30, verbose_name="状态")),
                        ("handed_over_at", models.DateTimeField(null=True, verbose_name="交办时间")),
                        ("received_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                        ("is_taken_over", models.BooleanField(default=False, verbose_name="接管")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已更正收回")),
                        (
                            "petition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undertakings",
                                to="bihuan.petition",
                                verbose_name="信访件",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undertakings",
                                to="bihuan.unit",
                                verbose_name="承办单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "承办",
                        "indexes": [
                            models.Index(fields=["state", "is_withdrawn", "handed_over_at"], name="undertaking_state")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("name", models.CharField(max_length=120, verbose_name="名称")),
                        ("short_name", models.CharField(blank=True, max_length=60, verbose_name="简称")),
                        ("initials", models.CharField(blank=True, max_length=120, verbose_name="拼音首字母")),
                        ("kind", models.CharField(max_length=20, verbose_name="类别")),
                        ("valid_from", models.DateField(null=True, verbose_name="设立")),
                        ("valid_until", models.DateField(null=True, verbose_name="撤销")),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="bihuan.unit",
                                verbose_name="上级单位",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="units",
                                to="bihuan.region",
                                verbose_name="行政区域",
                            ),
                        ),
                        (
                            "succeeded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessors",
                                to="bihuan.unit",
                                verbose_name="职能承接单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位",
                        "constraints": [models.UniqueConstraint(fields=("city", "name"), name="unit_name_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("role", models.CharField(max_length=20, verbose_name="责任")),
                        ("is_first", models.BooleanField(default=False, verbose_name="主牵头")),
                        ("raw", models.CharField(blank=True, max_length=300, verbose_name="原文")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已解除")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="bihuan.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="bihuan.post",
                                verbose_name="岗位",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="bihuan.unit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "责任",
                        "indexes": [models.Index(fields=["unit", "role", "matter"], name="duty_scope")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("unit__isnull", False),
                                    ("post__isnull", False),
                                    ("person__isnull", False),
                                    models.Q(("raw", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="duty_has_a_bearer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("asked_on", models.DateField(verbose_name="发出日期")),
                        ("answer", models.CharField(blank=True, default="", max_length=10, verbose_name="答复")),
                        ("words", models.TextField(blank=True, default="", verbose_name="意见")),
                        ("answered_on", models.DateField(null=True, verbose_name="答复日期")),
                        ("paper", models.CharField(blank=True, default="", max_length=60, verbose_name="复函文号")),
                        ("recorded_at", models.DateTimeField(verbose_name="记下时间")),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已撤去")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations",
                                to="bihuan.plan",
                                verbose_name="方案",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.unit",
                                verbose_name="征求的单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "征求意见",
                    },
                ),
                migrations.CreateModel(
                    name="UnitName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("name", models.CharField(max_length=120, verbose_name="名称")),
                        ("is_former", models.BooleanField(default=False, verbose_name="原名")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="names",
                                to="bihuan.unit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位别名",
                        "constraints": [models.UniqueConstraint(fields=("city", "name"), name="unit_other_name_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Unsealing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("reason", models.CharField(max_length=200, verbose_name="缘由")),
                        ("purpose", models.CharField(max_length=200, verbose_name="要办的事")),
                        ("opened_at", models.DateTimeField(verbose_name="启封时间")),
                        ("valid_until", models.DateTimeField(verbose_name="有效至")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="提前结束于")),
                        (
                            "appointment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="unsealing",
                                to="bihuan.appointment",
                                verbose_name="应急任职",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="结束人",
                            ),
                        ),
                        (
                            "first_code",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.sealedcode",
                                verbose_name="第一个码",
                            ),
                        ),
                        (
                            "second_code",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.sealedcode",
                                verbose_name="第二个码",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "应急启封",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("first_code", models.F("second_code")), _negated=True),
                                name="unsealed_by_two_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_until__gt", models.F("opened_at"))),
                                name="unsealing_ends_after_it_opens",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Waiver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("item", models.CharField(max_length=30, verbose_name="材料")),
                        ("reason", models.CharField(max_length=300, verbose_name="不适用的理由")),
                        ("is_confirmed", models.BooleanField(default=False, verbose_name="验收单位已确认")),
                        ("is_ended", models.BooleanField(default=False, verbose_name="已取消")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waivers",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "材料不适用",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_ended", False)),
                                fields=("city", "matter", "round_number", "item"),
                                name="waiver_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WatchHit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("strength", models.PositiveSmallIntegerField(verbose_name="相近程度")),
                        ("reasons", models.JSONField(default=list, verbose_name="理由")),
                        ("state", models.CharField(max_length=20, verbose_name="状态")),
                        ("raised_at", models.DateTimeField(verbose_name="提出时间")),
                        ("judged_at", models.DateTimeField(null=True, verbose_name="研判时间")),
                        ("opinion", models.TextField(blank=True, verbose_name="研判意见")),
                        (
                            "judged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.person",
                                verbose_name="研判人",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="watch_hits",
                                to="bihuan.matter",
                                verbose_name="已销号事项",
                            ),
                        ),
                        (
                            "newcomer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="raised_hits",
                                to="bihuan.matter",
                                verbose_name="来件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "反弹线索",
                        "indexes": [models.Index(fields=["state", "matter"], name="watch_hit_open")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "matter", "round_number", "newcomer"), name="watch_hit_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WatchKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("key", models.CharField(max_length=160, verbose_name="键")),
                        ("since", models.DateField(null=True, verbose_name="自")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="watch_keys",
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "比对键",
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "matter", "round_number"), name="watch_key_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountedPetition",
                    fields=[
                        ("ordered", models.PositiveIntegerField(null=True, verbose_name="责令改正(家)")),
                        ("punished", models.PositiveIntegerField(null=True, verbose_name="立案处罚(家)")),
                        (
                            "fined",
                            models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="罚款(元)"),
                        ),
                        ("closed_down", models.PositiveIntegerField(null=True, verbose_name="关停取缔(家)")),
                        ("suspended", models.PositiveIntegerField(null=True, verbose_name="停产限产(家)")),
                        ("seized", models.PositiveIntegerField(null=True, verbose_name="查封扣押(家)")),
                        ("investigated", models.PositiveIntegerField(null=True, verbose_name="立案侦查(件)")),
                        ("detained", models.PositiveIntegerField(null=True, verbose_name="行政拘留(人)")),
                        ("arrested", models.PositiveIntegerField(null=True, verbose_name="刑事拘留(人)")),
                        ("talked_to", models.PositiveIntegerField(null=True, verbose_name="约谈(人)")),
                        ("held_to_account", models.PositiveIntegerField(null=True, verbose_name="问责(人)")),
                        (
                            "matter",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="counted",
                                serialize=False,
                                to="bihuan.matter",
                                verbose_name="事项",
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("is_withdrawn", models.BooleanField(verbose_name="已撤回导入")),
                        ("state", models.CharField(max_length=30, verbose_name="状态")),
                        ("due_on", models.DateField(null=True, verbose_name="现行时限")),
                        ("closing", models.CharField(max_length=10, verbose_name="是否办结")),
                        ("truth", models.CharField(max_length=10, verbose_name="是否属实")),
                        ("main_type", models.CharField(max_length=20, verbose_name="主要污染类型")),
                        ("channel", models.CharField(max_length=10, verbose_name="受理方式")),
                        ("answered_on", models.DateField(null=True, verbose_name="反馈日期")),
                        ("is_key_case", models.BooleanField(verbose_name="重点关注件")),
                        ("is_joint", models.BooleanField(verbose_name="联合办理")),
                        (
                            "batch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.batch",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.inspection",
                                verbose_name="督察",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bihuan.region",
                                verbose_name="属地",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "计件",
                        "indexes": [
                            models.Index(
                                fields=[
                                    "region",
                                    "state",
                                    "closing",
                                    "truth",
                                    "main_type",
                                    "channel",
                                    "answered_on",
                                    "is_key_case",
                                    "city",
                                    "is_withdrawn",
                                    "ordered",
                                    "punished",
                                    "fined",
                                    "closed_down",
                                    "suspended",
                                    "seized",
                                    "investigated",
                                    "detained",
                                    "arrested",
                                    "talked_to",
                                    "held_to_account",
                                    "matter",
                                ],
                                name="counted_by",
                            ),
                            models.Index(
                                fields=[
                                    "state",
                                    "due_on",
                                    "matter",
                                    "closing",
                                    "truth",
                                    "answered_on",
                                    "city",
                                    "is_withdrawn",
                                ],
                                name="counted_open",
                            ),
                            models.Index(
                                condition=models.Q(("is_joint", True)),
                                fields=["matter", "city", "is_withdrawn"],
                                name="counted_joint",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Factor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(max_length=12, verbose_name="市")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("kind", models.CharField(max_length=10, verbose_name="类别")),
                        ("label", models.CharField(max_length=40, verbose_name="名称")),
                        ("secret", models.TextField(verbose_name="密封的密钥")),
                        ("credential", models.CharField(blank=True, max_length=1400, verbose_name="通行密钥标识")),
                        ("used", models.BigIntegerField(default=0, verbose_name="用到")),
                        ("is_removed", models.BooleanField(default=False, verbose_name="已停用")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="factors",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "第二验证",
                        "indexes": [models.Index(fields=["account", "is_removed"], name="factor_of_account")],
                    },
                ),
            ]
        ),
        migrations.RunPython(triggers.install, migrations.RunPython.noop),
        migrations.RunPython(make_index, migrations.RunPython.noop),
        migrations.RunPython(triggers.refuse_emptying, migrations.RunPython.noop),
        migrations.RunPython(triggers.pass_refused_grants_by, migrations.RunPython.noop),
        migrations.RunPython(triggers.let_filing_pass, migrations.RunPython.noop),
    ]
