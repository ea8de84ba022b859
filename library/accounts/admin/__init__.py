"""The screens in the admin for people, offices, communities and invitations."""
