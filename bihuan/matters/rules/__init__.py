"""What holds for any matter, as pure functions: due dates and lateness."""
