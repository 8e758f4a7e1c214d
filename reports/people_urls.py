"""Addresses of what a service opens to the federation, of the collections and of the accounts."""

from django.urls import path

from reports.views import accounts, collections, consents, journal, memorandum

urlpatterns = [
    path("accords/", consents.consents, name="consents"),
    path("accords/recus/", consents.received_consents, name="received_consents"),
    path("accords/<int:number>/retirer/", consents.withdraw, name="withdraw_consent"),
    path("participation/", collections.participation, name="participation"),
    path("participation/<int:number>/accepter/", collections.agree, name="take_part"),
    path("participation/<int:number>/retirer/", collections.leave, name="stop_taking_part"),
    path("collectes/", collections.collections, name="collections"),
    path("collectes/<int:number>/fin/", collections.close, name="close_collection"),
    path("memorandum/", memorandum.memorandum_page, name="memorandum"),
    path(
        "memorandum/<int:number>/fichiers/<slug:extension>/",
        memorandum.memorandum_file,
        name="memorandum_file",
    ),
    path("comptes/", accounts.accounts, name="accounts"),
    path("comptes/journal/", journal.site_journal, name="site_journal"),
    path("comptes/<int:number>/", accounts.account, name="account"),
    path("comptes/<int:number>/role/", accounts.add_role, name="give_role"),
    path("comptes/<int:number>/federation/", accounts.add_federation_role, name="give_member_role"),
    path("comptes/<int:number>/acces/", accounts.open_or_close, name="open_or_close_account"),
    path("comptes/<int:number>/personne/", accounts.person, name="account_person"),
    path("comptes/<int:number>/mot-de-passe/", accounts.new_password, name="account_password"),
    path("comptes/roles/<int:number>/retirer/", accounts.take_role, name="remove_role"),
    path(
        "comptes/federation/<int:number>/retirer/",
        accounts.take_member_role,
        name="remove_member_role",
    ),
]
