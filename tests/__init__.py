"""The tests: rules (no database), actions (database), pages (client), journeys (stories), house (rules)."""
