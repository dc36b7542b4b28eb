"""A request for one published tool, or for places on one online course, on one page (requests: nine inputs at most).

The page writes the same tasks as the seven tasks do, under the same rules; a draft that holds no more than the page
asks for opens on it again.
"""
