"""One line of the table of speed and size."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """Our figure, the floor's (None where the goal is absolute), the goal: at most, with `is_least` at least."""

    id: str
    act: str
    ours: float
    floor: float | None
    goal: float
    unit: str = "ms"
    is_least: bool = False

    @property
    def measure(self) -> float:
        """What the goal is about: the ratio, or our own figure."""
        return self.ours / self.floor if self.floor else self.ours

    @property
    def holds(self) -> bool:
        """Whether the goal is reached."""
        return self.measure >= self.goal if self.is_least else self.measure <= self.goal

    def row(self) -> str:
        """The table's row."""
        floor = f"{self.floor:,.1f} {self.unit}" if self.floor else ""
        ratio = f"{self.measure:.2f} ×" if self.floor else ""
        sign = "≥" if self.is_least else "≤"
        goal = f"{sign} {self.goal:g} ×" if self.floor else f"{sign} {self.goal:g} {self.unit}"
        holds = "yes" if self.holds else "**no**"
        return f"| {self.id} | {self.act} | {self.ours:,.1f} {self.unit} | {floor} | {ratio} | {goal} | {holds} |"
