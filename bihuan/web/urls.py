"""The map of the site."""

from django.urls import path

from bihuan.web import account, home, ledgers, messages, rectification

urlpatterns = [
    path("", home.home, name="home"),
    path("login/", account.account_login, name="account_login"),
    path("logout/", account.account_logout, name="account_logout"),
    path("me/", account.account_detail, name="account_detail"),
    path("inspection/", account.inspection_choose, name="inspection_choose"),
    path("messages/", messages.message_list, name="message_list"),
    path("search/", home.home, name="search"),
    path("petitions/", ledgers.ledger_list, name="petition_board"),
    path("imports/", ledgers.ledger_list, name="import_list"),
    path("imports/<int:pk>/", ledgers.ledger_list, name="import_detail"),
    path("settings/", ledgers.ledger_list, name="settings_home"),
    path("petitions/<slug:code>/", rectification.problem_detail, name="petition_detail"),
    path("ledgers/", ledgers.ledger_list, name="ledger_list"),
    path("ledgers/<slug:name>/", ledgers.ledger_detail, name="ledger_detail"),
    path("problems/<slug:code>/", rectification.problem_detail, name="problem_detail"),
    path("measures/<slug:code>/", rectification.measure_detail, name="measure_detail"),
]
