"""Intakes for those who take papers in; what a commit would write and change; what is still asked."""
