"""The lifecycles of petitions and undertakings, and their formulas, as pure tables and functions."""
