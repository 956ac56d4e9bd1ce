"""What an interface's contract may say: for how long, how often, from where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import ip_address, ip_network

LONGEST = timedelta(days=366)
MOST_A_MINUTE = 600
MARK = "bh_"  # by which a token is known in a log of somebody else's


def networks_of(text: str) -> list[str]:
    """The networks that a text names, by comma, space or line, in CIDR; ValueError where one is none."""
    words = text.replace(",", " ").replace("，", " ").replace("、", " ").split()
    return [str(ip_network(word)) for word in words]


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Whether an address lies in one of these networks; an address that is none lies in none."""
    try:
        asked = ip_address(address)
    except ValueError:
        return False
    return any(asked in ip_network(one) for one in networks)


@dataclass(frozen=True, slots=True)
class Contract:
    """What an interface may do: which operations, from which networks (CIDR), how often a minute, from day to day."""

    operations: list[str]
    networks: list[str]
    rate: int
    starts_on: date
    ends_on: date
    paper_number: str = ""

    def objection(self) -> str:
        """Why such a contract may not be made, or ""."""
        if self.ends_on < self.starts_on:
            return "止期早于起期。"
        if self.ends_on - self.starts_on > LONGEST:
            return "一个令牌最长用一年，到期另发。"
        if not 1 <= self.rate <= MOST_A_MINUTE:
            return f"每分钟次数应是1到{MOST_A_MINUTE}。"
        if not self.networks:
            return "请写明从哪个网络地址来，如 10.20.0.0/16。"
        return "" if self.operations else "请至少勾选一项操作。"
