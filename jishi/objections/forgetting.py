"""What was said of a simulation goes with it; what was said of the market cannot."""

from jishi.kernel import queries

sql = queries(__file__)
forget_answers = sql.run("forget_answers")
