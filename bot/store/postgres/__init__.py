"""The store in PostgreSQL: many bots on one database; imported only where an address names one."""
