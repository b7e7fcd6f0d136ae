"""What a day adds up to: morphine equivalents and milligrams over all products."""
