"""Forms of scenarios: a new one, a copy, a share, and a change of each kind with its own fields."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from backoffice.engine.scenario.patch import Value
from backoffice.federation.models import Organisation
from backoffice.federation.vocabulary import Diploma, Function
from backoffice.web.templatetags.money import DASH
from backoffice.web.words import Spoken
from reports.board.offered import NOTHING, Choice, Choices
from reports.models import StoredScenario
from reports.scenarios.kinds import VALUES, Form
from reports.scenarios.scenario import Change
from reports.scenarios.selectors import is_seen_by_federation, services_without
from reports.scenarios.toml.values import Unreadable, exact, number_of, within

_DAYS = ["%d/%m/%Y", "%Y-%m-%d"]
_LONGEST = 200
FEDERATION = "federation"
_MOST_BYTES = 200_000
FIELDS = Spoken(
    {
        "set": "Nouvelle valeur",
        "add": "À ajouter (€ par an)",
        "factor": "Part de ce qui est prévu (par exemple 95 %)",
        "freeze": "Ne bouge plus",
        "indexed_by": "Indexé de (par exemple 2 % par an) ou selon un régime d'index",
        "every": "Tous les combien de mois",
        "late": "Mois de retard sur l'index",
        "lag": "Mois plus tard",
        "skip": "Année sans indexation",
        "capped_above": "Plafond (€ par mois à temps plein)",
        "capped": "Part plafonnée (par exemple 2 %)",
        "events": "Nombre d'indexations plafonnées",
        "full": "Index entier, sans plafond",
        "path": "Croissance par an après le dernier mois connu (par exemple 2 %)",
        "of": "Ne touche que",
        "granted": "Montant par an (€)",
        "stop": "Prend fin",
        "uncapped": "Sans plafond : le coût réel est payé",
        "least": "Au moins (€ par an, ou ETP pour des postes)",
        "fte": "ETP",
        "head": "Ce qui s'ajoute ne paie que",
        "envelope": "Enveloppe",
        "successor": "Repris à (part du dernier montant, par exemple 90 %)",
        "function": "Fonction",
        "diploma": "Niveau de diplôme",
        "per": "Par",
        "cost": "Coût par ETP et par an (€)",
        "running": "Frais de fonctionnement par ETP et par an (€)",
        "regime": "Régime d'index du coût",
        "funder": "Demandé à",
        "hours": "Heures par semaine",
        "share": "Part de ses heures (par exemple 50 %)",
        "of_full_time": "Part d'un temps plein (par exemple 50 %)",
        "scale": "Barème",
        "column": "Colonne du barème",
        "end": "Le contrat prend fin",
        "leave": "Absent jusqu'au retour du",
        "start_share": "Part payée au début de l'année (par exemple 85 %)",
        "delay_days": "Jours de retard",
        "twelfths": "Douzièmes provisoires",
        "into": "Rejoint",
    }
)
TARGETS = Spoken(
    {
        "award": "Référence de la subvention, « scheme: » et un régime, ou * pour toutes",
        "scheme": "Régime (ape, acs, maribel…)",
        "figure": "Code de la valeur, ou « maribel.* » pour toutes celles d'un régime",
        "index": "Régime d'index, ou * pour tous",
        "worker": "Numéro du travailleur",
        "post": "Type d'agrément (CASG, CAP…), numéro d'entreprise, ou * pour tous",
        "pay_date": "Référence de la subvention, « scheme: » et un régime, ou * pour toutes",
        "merge": "Numéro d'entreprise de l'employeur absorbé",
    }
)
_CHOICES: dict[str, list[tuple[str, Any]]] = {
    "of": [
        ("", _("les salaires et les subventions")),
        ("grants", _("les subventions")),
        ("pay", _("les salaires")),
    ],
    "head": [
        ("", DASH),
        ("staff", _("le personnel")),
        ("training", _("la formation")),
        ("running", _("les frais de fonctionnement")),
        ("investment", _("les investissements")),
    ],
    "envelope": [("", DASH), ("open", _("ouverte")), ("closed", _("fermée"))],
    "function": [("", DASH), *Function.choices],
    "diploma": [("", DASH), *Diploma.choices],
    "per": [
        ("", DASH),
        ("service", _("service")),
        ("antenna", _("antenne")),
        ("employer", _("employeur")),
    ],
}


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Motif"), max_length=250)


class NewScenarioForm(ReasonForm):
    """A scenario of one's own: empty under a name, or the content of a file."""

    field_order = ("name", "file", "reason")
    name = forms.CharField(
        label=_("Nom"),
        max_length=120,
        required=False,
        help_text=_("Vide : celui que donne le fichier."),
    )
    file = forms.FileField(label=_("Fichier TOML"), required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        file = found.get("file")
        if file is None and not found.get("name"):
            self.add_error("name", _("Donnez un nom, ou un fichier."))
        if file is not None:
            found["text"] = self._text(file)
        return found

    def _text(self, file: Any) -> str:
        if file.size > _MOST_BYTES:
            self.add_error("file", _("Ce fichier est trop long pour un scénario."))
            return ""
        try:
            return str(file.read().decode())
        except UnicodeDecodeError:
            self.add_error("file", _("Ce fichier n'est pas un texte : exportez-le en TOML."))
            return ""


class CopyForm(ReasonForm):
    """A copy under another name."""

    field_order = ("name", "reason")
    name = forms.CharField(label=_("Nom de la copie"), max_length=120)


class ShareForm(ReasonForm):
    """With whom a scenario is shared: a service that does not see it yet, or the federation."""

    field_order = ("whom", "reason")
    whom = forms.ChoiceField(label=_("Avec"))

    def __init__(self, row: StoredScenario, data: Any = None) -> None:
        super().__init__(data, prefix="partage")
        self._services = {str(one.pk): one for one in services_without(row)}
        choices: list[tuple[str, Any]] = [("", DASH)]
        if not is_seen_by_federation(row):
            choices.append((FEDERATION, _("La fédération")))
        whom = self.fields["whom"]
        if isinstance(whom, forms.ChoiceField):
            whom.choices = [*choices, *((key, one.name) for key, one in self._services.items())]

    def clean_whom(self) -> Organisation | None:
        return self._services.get(self.cleaned_data["whom"])


class ChangeForm(forms.Form):
    """A change of one kind: what changes, from which day, and the values that this kind takes.

    What it may name is chosen among what there is (`offered`); it is typed where that is not known.
    """

    def __init__(
        self, kind: str, data: Mapping[str, Any] | None = None, offered: Choices = NOTHING
    ) -> None:
        super().__init__(data)
        self.kind = kind
        self.fields["target"] = _target(kind, offered.get("target", ()))
        self.fields["since"] = forms.DateField(
            label=_("À partir du"),
            input_formats=_DAYS,
            help_text=_("jj/mm/aaaa"),
            error_messages={"invalid": _("La date n'est pas lisible : écrivez-la jj/mm/aaaa.")},
        )
        for name, form in VALUES[kind].items():
            self.fields[name] = _field(name, form, offered.get(name, ()))
        if kind == "figure":
            self.fields["add"].label = _("À ajouter")
            for name in ("set", "add"):
                self.fields[name].help_text = _(
                    "Dans l'unité de la valeur en vigueur, dans la liste : un taux en pour cent "
                    "(par exemple 2 %), un montant en euros."
                )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        values = dict(self._values(found))
        if not values and not self.errors:
            raise forms.ValidationError(_("Remplissez au moins une valeur."))
        found["values"] = values
        return found

    def _values(self, found: dict[str, Any]) -> Iterator[tuple[str, Value]]:
        for name, form in VALUES[self.kind].items():
            given = found.get(name)
            if given in (None, "", False):
                continue
            try:
                yield name, within(self.kind, name, _value(given, form))
            except Unreadable as error:
                self.add_error(name, str(error))

    @property
    def change(self) -> Change:
        """The change, without its number yet."""
        data = self.cleaned_data
        return Change(0, self.kind, data["target"], data["since"], data["values"])


class Suggested(forms.TextInput):
    """A text of which some values are suggested as one types."""

    def __init__(self, suggested: Sequence[Choice]) -> None:
        super().__init__()
        self.suggested = suggested

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """The text, then the list that its `list` names."""
        listed = f"{name}-liste"
        options = format_html_join("", '<option value="{}">{}</option>', self.suggested)
        text = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', text, listed, options)


def _target(kind: str, offered: Sequence[Choice]) -> forms.Field:
    label = _("Ce qui change")
    if offered:
        return forms.ChoiceField(label=label, choices=[("", DASH), *offered])
    return forms.CharField(label=label, help_text=TARGETS[kind], max_length=_LONGEST)


def _field(name: str, form: Form, offered: Sequence[Choice]) -> forms.Field:
    label = FIELDS[name]
    if offered and form is Form.EITHER:
        text = Suggested(offered)
        return forms.CharField(label=label, max_length=_LONGEST, required=False, widget=text)
    if offered:
        return forms.ChoiceField(label=label, choices=[("", DASH), *offered], required=False)
    if form is Form.TRUE:
        return forms.BooleanField(label=label, required=False)
    if form is Form.DAY:
        return forms.DateField(label=label, input_formats=_DAYS, required=False)
    if name in _CHOICES:
        return forms.ChoiceField(label=label, choices=_CHOICES[name], required=False)
    return forms.CharField(label=label, max_length=_LONGEST, required=False)


def _value(given: Any, form: Form) -> Value:
    """A value as a patch takes it: 95 % is 95/100, 1.234,50 is 1234.50.

    Raises:
        Unreadable: it is no number where one is needed.
    """
    if form is Form.NUMBER:
        return number_read(given)
    if form is Form.EITHER:
        try:
            return number_read(given)
        except Unreadable:
            return str(given)
    return given  # type: ignore[no-any-return]


def number_read(written: str) -> int | Fraction:
    """A number as people write it in Belgium, or as a file does.

    Raises:
        Unreadable: it is neither.
    """
    text = written.replace("€", "").replace("EUR", "")
    text = "".join(text.split())
    percent = text.endswith("%")
    text = text.removesuffix("%")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    return number_of(exact(text) / 100) if percent else number_of(text)
