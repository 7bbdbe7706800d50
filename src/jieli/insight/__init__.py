"""Numbers about the relay: funnel, reports, leaderboard, key figures and the home page, read only.

Each number is counted within what its reader may see, by a condition that is given with it, so that the list behind
the number holds exactly the records that it counted. What a number means stands in `metrics`, once.
"""
