"""How promising a lead is, and how likely a deal: by simple rules that everybody sees."""
