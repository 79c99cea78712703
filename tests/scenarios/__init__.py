"""A benchmark of `narrate refresh`: drafts edited as people edit them, data revised, the report refreshed.

`python -m tests.scenarios` runs seeded scenarios and prints how many numbers were brought up to the revised
data, how many words that hang on them were flagged, how often a sentence was flagged that no revision
concerns, and whether accepting or rejecting all changes gives what it must.

What is true is decided here, never by the check or the refresh: each number of a draft carries its fact, each
number that a scenario types carries a claim (`tests.planted.claims`), and both are held against the two
ledgers. Links are taken away only after it was noted where everything stands.

    revising.py   seeded revisions of the data, one to all indicators
    package.py    a Word file taken apart and put together: parts, paragraphs, runs
    editing.py    what people do to a draft
    truth.py      what must happen to each number, phrase and sentence
    reading.py    accept all, reject all: written anew, by the specification
    running.py    one scenario from draft to score
    office.py     the same through LibreOffice: saving, accepting, rejecting
    __main__.py   the command and its table
"""
