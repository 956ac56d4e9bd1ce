"""What goes on the papers of a problem: values for `lib/paper`, made of rows that were read for somebody."""
