"""The best allocation of workers to awards: a linear programme in whole numbers, and its proof."""
