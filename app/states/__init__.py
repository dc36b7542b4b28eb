"""The treaty picture: the matrix of States and instruments, each State's page, and the index of States."""
