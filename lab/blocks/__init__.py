"""The code blocks of an article: as printed, and in the form that is right in the newest releases.

`NN/printed.py` is the block and `NN/today.py` its current form. `NN/context/` is the code above or beside the printed
block, with earlier blocks and the names that it assumes. `NN/steps.py` is what a reader does with it. `support/` has
what the article leaves to its reader, and `tests/` tests the current forms.
"""
