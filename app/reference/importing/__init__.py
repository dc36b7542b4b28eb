"""Importers: parsed rows into tables, with what they replace kept as history."""
