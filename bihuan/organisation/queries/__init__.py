"""Who is who, always read from here: a chapter for sight and capacities, for the structure, for the staff."""
