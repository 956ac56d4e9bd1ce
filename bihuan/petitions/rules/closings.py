"""Whether a petition is finished (是否办结), in the words that papers print: a fact beside its state."""

OPEN, STAGED, CLOSED = "正在办理", "阶段性办结", "已办结"
CLOSINGS = (OPEN, STAGED, CLOSED)
"""From the least finished to the most."""
