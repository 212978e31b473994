"""The figures of the published rules. Pages print them from here: `{{ constant("old_after_days") }}`."""

from __future__ import annotations

from collections.abc import Mapping

from macros.schema.entries import MOST_WORDS

TOP = 5.0
"""The best rating."""
OLD_AFTER_DAYS = 180
"""Days after which a page that was read counts as old."""
ACTIVE_DAYS = 365
"""Days since the last release up to which an entry is active."""
QUIET_DAYS = 730
"""Days since the last release up to which an entry is quiet; beyond that it is dormant."""
GROUPED_SHARE = 0.5
"""An entry that owes more than this share of its points to inherited facts is listed under the entry it is built on."""
KNOWN_SHARE = 0.5
"""Below this share of the weights known, even for the entry that is known best, nothing is ranked."""
DRAWS = 10_000
"""How often a ranking is drawn again with other weights."""
DRAWS_SEED = 13
"""What the draws begin from, so that every build has the same ones."""
WEIGHT_FACTOR = 2.0
"""Every weight may be wrong by this factor."""
CLEAR_SHARE = 0.9
"""What the first entry beats in fewer of the draws than this shares its place."""
LARGEST_FACTOR = 10.0
"""A weight that would have to be changed by more than this factor is not said to change the first place."""
HARDLY_USED_DOWNLOADS = 100_000
"""An entry with fewer downloads a month is hardly used by anybody."""
WIDELY_USED_DOWNLOADS = 5_000_000
"""With this many downloads a month others would carry on what one person decides."""
WIDELY_USED_STARS = 20_000
"""The same by stars on GitHub, which count where there are no downloads, as for Node.js."""
FINISHED_SHARE = 0.9
"""The share of the criteria asked that a finished entry answers; `make check` says it of those that answer less."""
SHOWN_REASONS = 5
"""A pair page lists at most this many reasons of each sort."""
CLEAR_LEAD_POINTS = 10.0
"""Points of 100 by which an entry must lead another in a use case before a pair page says so."""
LEADING_PLACES = 5
"""The rank that it must have there at least: to lead from the end of a ranking recommends nothing."""
STRONG_CREDIT = 0.7
"""The credit that a value must have before a pair page gives it as a reason."""
STRONG_LEAD = 0.5
"""The credit by which that value must lead the other entry's."""
NAMES_IN_AN_ANSWER = 6
"""How many names the sentence at the head of a criterion's page gives for a value."""
TYPED_SHARE = 0.5
"""The share of public names with known types from which a package that is marked as typed counts as typed inline."""
ANNOTATED_SHARE = 0.05
"""The share of annotated parameters from which a package without the mark counts as partly annotated."""

SHOWN: Mapping[str, str] = {
    "top": f"{TOP:g}",
    "old_after_days": f"{OLD_AFTER_DAYS}",
    "active_days": f"{ACTIVE_DAYS}",
    "quiet_days": f"{QUIET_DAYS}",
    "grouped_share": f"{100 * GROUPED_SHARE:g} %",
    "known_share": f"{100 * KNOWN_SHARE:g} %",
    "draws": f"{DRAWS:,}",
    "weight_factor": f"{WEIGHT_FACTOR:g}",
    "clear_share": f"{100 * CLEAR_SHARE:g} %",
    "largest_factor": f"{LARGEST_FACTOR:g}",
    "hardly_used_downloads": f"{HARDLY_USED_DOWNLOADS:,}",
    "widely_used_downloads": f"{WIDELY_USED_DOWNLOADS:,}",
    "widely_used_stars": f"{WIDELY_USED_STARS:,}",
    "shown_reasons": f"{SHOWN_REASONS}",
    "clear_lead_points": f"{CLEAR_LEAD_POINTS:g}",
    "leading_places": f"{LEADING_PLACES}",
    "strong_credit": f"{STRONG_CREDIT:g}",
    "strong_lead": f"{STRONG_LEAD:g}",
    "typed_share": f"{100 * TYPED_SHARE:g} %",
    "annotated_share": f"{100 * ANNOTATED_SHARE:g} %",
    "statement_words": f"{MOST_WORDS}",
}
"""Each figure by name, as pages print it."""
