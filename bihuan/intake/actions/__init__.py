"""Taking papers in (`papers`), and ledgers back (`returning`)."""
