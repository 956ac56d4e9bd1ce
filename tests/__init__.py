"""The tests: rules (no database), actions (database), pages (client), journeys (long stories), house (the house rules)."""
