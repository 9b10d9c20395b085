"""The reference set: one SQLite file, and an index over it that can always be made again."""
