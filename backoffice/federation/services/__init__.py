"""Acts on figures, languages, consents, collections and accounts."""

from backoffice.federation.services.figures import choose_language, fill_figure, verify_figure

__all__ = ["choose_language", "fill_figure", "verify_figure"]
