"""`satyasell serve` and `satyasell worker`: processes under one parent."""
