import oscar.apps.dashboard.catalogue.apps as apps


class CatalogueDashboardConfig(apps.CatalogueDashboardConfig):
    """Oscar's pages of products, with the pictures of the one image library in the list."""

    name = "shop.dashboard.catalogue"
