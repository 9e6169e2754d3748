"""Who gets a new lead: whose turn it is, who is at work, and what happens when nobody is free."""
