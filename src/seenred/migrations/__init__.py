"""How the tables of runs came to be, step by step; Alembic performs it."""
