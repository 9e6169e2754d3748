"""Makes what every child would make, and takes all that is imported out of the collector's sight.

Otherwise each child's first collection would touch, and thereby copy, the memory that it shares with it.
"""

import gc

from bot import answers

answers.hold()
gc.collect()
gc.freeze()
