"""Storage: the database, its tables and the repositories over them."""
