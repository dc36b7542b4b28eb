"""`make bench`: the pages with many cases, through HTTP, beside a bare floor measured in the same run."""
