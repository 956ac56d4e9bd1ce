"""Everything that writes regions, units, groups, people, appointments and accounts."""
