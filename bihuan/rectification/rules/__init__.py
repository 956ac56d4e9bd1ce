"""The lifecycles of problems and measures, and what they ask for, as pure tables and functions."""
