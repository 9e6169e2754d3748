"""How fast requests are answered: the clock of a lead, and the steps that follow when nobody does."""
