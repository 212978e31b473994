"""The code blocks of an article: as printed, and in the form that is right today.

`NN/printed.py` is the block, `NN/today.py` today's form, `NN/context/` what stands above or beside the printed block
once earlier blocks and the names that it takes for granted are there, and `NN/steps.py` what a reader does with it.
`support/` holds what the article leaves to its reader, and `tests/` exercises today's forms.
"""
