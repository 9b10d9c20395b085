"""What a user can measure on photos and a machine of their own: how much is found, and what is taken for what it is not."""
