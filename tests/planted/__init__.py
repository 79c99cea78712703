"""A benchmark of the check: right texts, and errors planted into them one at a time.

`python -m tests.planted` checks right texts (re-worded sentences and drafts) and the same texts with one error
each, and prints per class of error how many were caught, how many named by the right rule, how many missed, and
how often a right text was blamed. What is true is decided here, by `claims` against the ledger, never by the
check: every number and phrase of a text carries the claim it makes.

    claims.py      the claims that texts make, and whether the ledger bears them out
    texts.py       marked texts: reading them, finding sentences and names in them
    drafts.py      drafts of the offline writer as marked texts, and as small Word files
    sentences_*.md re-worded right texts, marked by hand
    planters/      one error each, a file or two a class
    running.py     checks them all and scores
    __main__.py    the command and its table
"""
