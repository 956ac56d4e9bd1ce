"""What is kept how long, and what takes it away: one table, from the figures by which it is done."""

from dataclasses import dataclass

from bihuan.core import attempts, drafts, jobs, store
from bihuan.lib.quantity import span
from bihuan.matters import queries as matters
from bihuan.matters.rules.parameters import PETITIONER_YEARS
from bihuan.organisation.queries import structure
from bihuan.organisation.rules import entering
from bihuan.petitioners.rules.export import PASSWORD_FOR
from bihuan.safekeeping.rules import BY_DAY, BY_HOUR, BY_MONTH

HOURLY = "后台“清理”，每小时"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept, how long, and by what it goes; `for_ever`: nothing takes it away."""

    what: str
    how_long: str
    by: str
    for_ever: bool = False


def table(city: str) -> list[Kept]:
    """What a city keeps, the lasting first."""
    rules = structure.office_rules(city)
    years = (
        "、".join(f"{one.name}{one.petitioner_years}年" for one in matters.rule_sets_in(city))
        or f"{PETITIONER_YEARS}年"
    )
    days = drafts.KEPT_FOR.days
    return [
        Kept("轨迹、轨迹链末端", "永久", "不删。数据库拒绝更改和删除，系统没有删它的命令", for_ever=True),
        Kept(
            "台账、任职、登录、消息等业务记录",
            "永久",
            "不删。停用、撤回、结束只作标记，轨迹里都在",
            for_ever=True,
        ),
        Kept("佐证和方案等文件", "永久", "不删。检查时逐个核对哈希", for_ever=True),
        Kept("举报人信息", f"销号后按规则保存：{years}", "到期后一人提出、一人确认，销毁密钥，记入轨迹"),
        Kept("载有举报人的来件", "随其中第一位举报人信息", "同一次办理里销毁密钥、删去文件，记入轨迹；台账和轨迹不变"),
        Kept(
            "举报人信息导出文件的密码",
            f"批准人看过一次，或生成后{span(PASSWORD_FOR)}",
            "当时抹去；后台“抹去过期的密码”，每小时。文件不保存；申请和批准在轨迹里，永久",
        ),
        Kept("会话", f"不操作{rules.idle_minutes}分钟失效，最长{rules.session_hours}小时", f"失效当时；{HOURLY}删去"),
        Kept("没交的文字(草稿)", f"最后一次写之后{days}天", f"{HOURLY}；再登录时也清"),
        Kept("登录、查询的尝试次数", span(attempts.KEPT_FOR), HOURLY),
        Kept("办完的后台任务", f"办完后{jobs.KEPT_FOR.days}天；未办成的缘由在轨迹里，永久", HOURLY),
        Kept("写了一半的文件", f"{store.DAY_SECONDS // 3600}小时", HOURLY),
        Kept("一次性凭条", f"{span(entering.SLIP_FOR)}后不能用", "只留哈希，留在记录里"),
        Kept("灯号时段和序时数", "随事项", "由台账和轨迹推算，不是记录；事项变动时和每夜重算"),
        Kept("备份", f"最近{BY_HOUR}个小时、{BY_DAY}天、{BY_MONTH}个月各留一份", "每次备份之后"),
        Kept("运行日志", "由装机的人在操作系统里定，见运维手册", "journald；日志里没有姓名、文字和举报人"),
    ]
