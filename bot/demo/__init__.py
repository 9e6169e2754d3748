"""The demo company: a small maker of windows and kitchens, with five weeks of sales behind it."""
