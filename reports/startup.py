"""What a server does once, before its first page."""

import gc

from grants.scheme import general_figures
from grants.selectors import index_tables_of


def warm() -> None:
    """Read the figures and take what never changes out of the garbage collector's sight.

    The registry holds some hundred thousand objects that live as long as the process: going
    through them again and again cost a page about 100 ms.
    """
    figures = general_figures()
    _ = index_tables_of(figures).crossings
    gc.collect()
    gc.freeze()
