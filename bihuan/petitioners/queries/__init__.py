"""Petitioners: what somebody may see of them, and the counts and facts by which they are opened or destroyed."""
