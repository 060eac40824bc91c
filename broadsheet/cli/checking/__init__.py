"""What `broadsheet check` is made of: the files, the baseline, the ways to print."""
