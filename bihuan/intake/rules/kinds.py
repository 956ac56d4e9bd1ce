"""What the kinds of papers are called, and the kinds of what is read in them."""

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
RECORDS = {
    "aspect": "方面",
    "campaign": "举措",
    "problem": "问题",
    "measure": "措施",
    "petition": "信访件",
    "notice": "公示",
    "amendment": "时限调整",
    "bulletin": "通报",
    "report": "简报",
    "slip": "交办单",
    "figure": "数字",
}
