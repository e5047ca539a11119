"""Databases: the only package with SQL."""
