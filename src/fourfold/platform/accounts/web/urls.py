"""The addresses of people and their roles, of invitations, and of the first set-up."""

from django.urls import URLPattern, path

from fourfold.platform.accounts.web import details, invitations, people, set_up

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("setup/", set_up.first_person, name="set-up"),
    path("people/", people.people, name="list"),
    path("people/<slug:person>/", people.person, name="person"),
    path("people/<slug:person>/details/", details.details, name="details"),
    path("people/<slug:person>/roles/grant/", people.grant, name="grant"),
    path("people/<slug:person>/roles/revoke/", people.revoke, name="revoke"),
    path("people/<slug:person>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<slug:person>/reactivate/", people.reactivate, name="reactivate"),
    path("people/<slug:person>/end-sessions/", people.end, name="end-sessions"),
    path("people/<slug:person>/invite/", invitations.invite_known, name="invite-person"),
    path("people/<slug:person>/second-factors/remove/", people.without_factors, name="remove-second-factors"),
    path("accounts/name/", details.own_name, name="own-name"),
    path("accounts/sessions/end/", people.end_own, name="end-own-sessions"),
    path("invitations/new/", invitations.new, name="invite"),
    path("invitations/<int:invitation>/revoke/", invitations.revoke, name="revoke-invitation"),
    path("invitations/<str:token>/", invitations.accept, name="invitation"),
]
