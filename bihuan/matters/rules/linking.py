"""Links between matters (关联事项): their words, and who makes and ends them."""

from bihuan.organisation.rules.duties import Capacity

KINDS = ("同一问题", "同一对象", "同一地点", "整改不到位", "其他")
C = Capacity
MAKERS = frozenset({C.OFFICE, C.OFFICE_HEAD, C.PETITION_DESK, C.COUNTY_CLERK, C.COUNTY})
"""The city's office, and a county's where both matters are of its own units."""
NOT_YOURS = "只有市整改办，和两件都在本县的县整改办，可以关联、解除。"
NO_KIND = "没有“{}”这一种关联。"
NO_REASON = "请写明理由：凭什么说这两件有关。"
NO_END_REASON = "请写明解除的理由。"
ALREADY = "这两件已经关联。"
ENDED = "这一条关联已经解除。"
UNRELATED = "这一对的反弹线索已研判为“无关”；要关联，请先重新研判那条线索。"
NOT_A_PAIR = "一头是信访件，另一头是整改问题或整改措施，才能关联。"
