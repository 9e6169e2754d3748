"""Pure functions that understand what people type: phones, sums, due times, lead lines."""
