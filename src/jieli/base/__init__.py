"""Ground under everything: ids, clock, errors, texts, money, working time. No I/O, no knowledge of records."""
