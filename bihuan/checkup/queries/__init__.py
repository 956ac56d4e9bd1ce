"""What is asked of the ledgers: findings that contradict themselves, and the sum of all that came in."""
