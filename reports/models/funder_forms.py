"""The form that a funder imposes: its XLSX, and what goes into which of its cells."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models import Organisation, StoredFile


class FunderForm(Audited):
    """A funder's form as one organisation fills it; `file` is the one of the last year."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="funder_forms"
    )
    name = models.CharField(_("nom du formulaire"), max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.RESTRICT, related_name="funder_forms")

    class Meta:
        verbose_name = _("formulaire du pouvoir subsidiant")
        verbose_name_plural = _("formulaires des pouvoirs subsidiants")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "name"],
                name="funder_form_once",
                violation_error_message=_("Un formulaire porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FormCell(Audited):
    """One value of the dossier in one cell, or in a column of cells from `cell` to `last_row`.

    `beside` is the text that stood beside the cell when it was mapped: a new file where another
    text stands there has moved.
    """

    audit_organisation = "form__organisation"

    form = models.ForeignKey(FunderForm, on_delete=models.CASCADE, related_name="cells")
    sheet = models.CharField(_("feuille"), max_length=31)
    cell = models.CharField(_("cellule"), max_length=10)
    last_row = models.PositiveIntegerField(_("dernière ligne"), null=True, blank=True)
    source = models.CharField(_("valeur"), max_length=40)
    beside = models.CharField(_("texte voisin"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("cellule du formulaire")
        verbose_name_plural = _("cellules du formulaire")
        constraints = [
            UniqueConstraint(
                fields=["form", "sheet", "cell"],
                name="form_cell_once",
                violation_error_message=_("Cette cellule reçoit déjà une valeur."),
            ),
            CheckConstraint(
                condition=~Q(source=""),
                name="form_cell_has_a_source",
                violation_error_message=_("Choisissez la valeur à écrire."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"
