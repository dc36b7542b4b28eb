"""Consultations with CTC/CTED, the Office of Legal Affairs and partners."""
