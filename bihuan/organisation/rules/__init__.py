"""Who may do what, as pure values: principals, duties on a matter, and the capacities that follow from both."""
