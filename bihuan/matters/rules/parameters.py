"""What a new rule set begins with, until the office settles it otherwise."""

DECLINE_DAYS = 3
REPLY_DAYS = 10
NOTICE_DAYS = 10
DUE_SOON_DAYS = 30
TOLERANCE_POINTS = 10
PETITIONER_YEARS = 2
RECHECK_MONTHS = (3, 6, 12)
PROOF_MONTHS = 12
