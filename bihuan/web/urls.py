"""The map of the site."""

urlpatterns: list[object] = []
