"""The map of the site."""

from django.urls import path

from bihuan.web import (
    account,
    home,
    intake,
    ledgers,
    manual,
    messages,
    own_deeds,
    petitions,
    rectification,
    search,
    settings,
    settings_row,
    settings_workbook,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("login/", account.account_login, name="account_login"),
    path("logout/", account.account_logout, name="account_logout"),
    path("me/", account.account_detail, name="account_detail"),
    path("me/deeds/", own_deeds.own_deeds, name="own_deeds"),
    path("inspection/", account.inspection_choose, name="inspection_choose"),
    path("messages/", messages.message_list, name="message_list"),
    path("ledgers/", ledgers.ledger_list, name="ledger_list"),
    path("ledgers/<slug:name>/", ledgers.ledger_detail, name="ledger_detail"),
    path("ledgers/<slug:name>/rows/", ledgers.ledger_rows, name="ledger_rows"),
    path("ledgers/<slug:name>/views/", ledgers.ledger_views, name="ledger_views"),
    path("ledgers/<slug:name>/workbook/", ledgers.ledger_workbook, name="ledger_workbook"),
    path("petitions/", petitions.petition_board, name="petition_board"),
    path("petitions/<slug:code>/", petitions.petition_detail, name="petition_detail"),
    path("imports/", intake.import_list, name="import_list"),
    path("imports/new/", intake.import_new, name="import_new"),
    path("imports/<int:pk>/", intake.import_detail, name="import_detail"),
    path("help/", manual.help_page, name="help_home"),
    path("help/<slug:name>/", manual.help_page, name="help_page"),
    path("help/pictures/<str:name>", manual.help_picture, name="help_picture"),
    path("settings/", settings.settings_home, name="settings_home"),
    path("settings/<slug:name>/", settings.settings_list, name="settings_list"),
    path("settings/<slug:name>/workbook/", settings_workbook.settings_workbook, name="settings_workbook"),
    path("settings/<slug:name>/<int:pk>/", settings_row.settings_row, name="settings_row"),
    path("search/", search.search, name="search"),
    path("problems/<slug:code>/", rectification.problem_detail, name="problem_detail"),
    path("measures/<slug:code>/", rectification.measure_detail, name="measure_detail"),
]
