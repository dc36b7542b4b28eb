"""The monthly list of CTC/CTED: received, decided, started, delivered, refused (process, Consultations 7)."""
