"""What is held of a petitioner, when it may be opened, when its key may be destroyed: pure tables and functions."""
