"""What a justification says, as plain values: what was read when it was said to be ready."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reports.documents.json_file import render_json
from reports.dossier import Dossier

Document = Mapping[str, Any]
_PASSING = ("format", "format_version", "marks", "reliance", "deadlines", "sheets")
_CLAIMED = ("amounts", "heads", "staff", "invoices", "details")
_RECEIVED = ("advances", "balance", "recovery")
"""What the receipts move among the amounts: it is not claimed."""
_SAID = {
    "checks": ("who", "message", "todo", "article"),
    "instalments": ("kind",),
    "invoices": ("others",),
}
"""The sentences of a document, in the language of who computed it; their code stays."""
_NAMES = ("name", "person", "signed_by", "signed_account", "signatory")


def document_of(dossier: Dossier) -> dict[str, Any]:
    """A dossier as the JSON that would be frozen, without what passes with the days.

    Its deadlines (closed one by one), the words on its age and its version are left out, and the
    sentences of its checks: a colleague who reads the other language reads the same content.
    """
    cover = replace(dossier.cover, final=True, version=0)
    return lasting(json.loads(render_json(replace(dossier, cover=cover))))


def lasting(document: Document) -> dict[str, Any]:
    """A document without its sentences and what passes with the days."""
    return {key: value for key, value in unsaid(document).items() if key not in _PASSING}


def unsaid(document: Document) -> Document:
    """A document without its sentences, to compare one frozen in another language."""
    bare = {
        section: [
            {key: value for key, value in line.items() if key not in words}
            for line in document.get(section, ())
        ]
        for section, words in _SAID.items()
    }
    return {**document, **bare}


def digest_of(document: Document) -> str:
    """SHA-256 of a document."""
    return _sha(document)


def stored_text(document: Document) -> str:
    """A document to keep beside its digest until it is frozen: without the names of people."""
    return json.dumps(_nameless(document), ensure_ascii=False)


def claimed_digest(document: Document) -> str:
    """SHA-256 of what is claimed: two versions with the same one say the same to the funder."""
    claimed = {key: _nameless(unsaid(document).get(key)) for key in _CLAIMED}
    amounts = document["amounts"].items()
    claimed["amounts"] = {key: value for key, value in amounts if key not in _RECEIVED}
    return _sha(claimed)


def _sha(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _nameless(value: Any) -> Any:
    if isinstance(value, Mapping):
        # The name of a head is its code.
        named = "worker" in value or "piece" in value or "subject" in value or "iban" in value
        return {key: _nameless(one) for key, one in value.items() if not (named and key in _NAMES)}
    return [_nameless(one) for one in value] if isinstance(value, list) else value
