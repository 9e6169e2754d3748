"""What comes by itself at its hour: a manager's morning, a head's evening, and the week of a department."""
