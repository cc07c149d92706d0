from django.urls import path

from shop.producers.team import views

urlpatterns = [
    path("", views.team, name="team"),
    path("moi/", views.send_invitation, name="invite"),
    path("moi/<int:pk>/thu-lai/", views.take_invitation_back, name="withdraw-invitation"),
    path("<int:pk>/vai-tro/", views.set_role, name="set-role"),
    path("<int:pk>/cho-nghi/", views.let_go, name="let-go"),
    path("roi/", views.go, name="leave"),
]
