"""The demo: invented people and cases of invented States, made by playing the real use cases."""
