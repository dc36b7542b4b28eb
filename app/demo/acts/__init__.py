"""What people of the demo can do with a case: one module for each slice, put together in `app.demo.case`."""
