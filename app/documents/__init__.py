"""Documents of a case: what people upload and letters that the system makes; checks, storage, download rules."""
