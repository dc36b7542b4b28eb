"""`gunicorn tests.bench.product:app`: the product itself, counted."""

from tests.bench.counted import counted
from wsgi import app as _app

app = counted(_app)
