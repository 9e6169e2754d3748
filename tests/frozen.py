"""Takes what the fork server has imported out of the collector's sight.

Otherwise each child's first collection would touch, and thereby copy, the memory that it shares with it.
"""

import gc

gc.collect()
gc.freeze()
