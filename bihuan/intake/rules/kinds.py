"""What the kinds of papers are called."""

KINDS = {
    "plan": "整改方案",
    "petitions": "信访交办表",
    "bulletin": "批次通报",
    "notice": "验收公示",
    "report": "工作简报",
    "slip": "交办单",
    "returned": "交回的台账",
    "unknown": "未识别",
}
