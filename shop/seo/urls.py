from django.urls import path

from shop.seo import views

urlpatterns = [
    path("sitemap.xml", views.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.section, name="sitemap-section"),
    path("robots.txt", views.robots, name="robots"),
]
