"""Words of the product kept by code, each read in the language of whoever reads."""

from collections.abc import Iterator, Mapping

from django.utils.translation import get_language, gettext

from backoffice.engine.phrases import Phrase


class Spoken(Mapping[str, str]):
    """French words by code, translated when they are read.

    The catalogues take the values of the dictionary it is made from: write them as literals.
    """

    def __init__(self, french: Mapping[str, str]) -> None:
        self._french = dict(french)

    def __getitem__(self, code: str) -> str:
        return gettext(self._french[code])

    def french(self, code: str) -> str:
        """The French words, or the code itself when it has none."""
        return self._french.get(code, code)

    def __iter__(self) -> Iterator[str]:
        return iter(self._french)

    def __len__(self) -> int:
        return len(self._french)


def phrased(value: object) -> str:
    """A sentence of the engine in the language of whoever reads; any other text as it is."""
    if isinstance(value, Phrase):
        return gettext(value.words) % {name: phrased(one) for name, one in value.values.items()}
    if isinstance(value, Mapping):
        language = (get_language() or "fr")[:2]
        return str(value.get(language) or value["fr"])
    return str(value)
