"""Slip risk: who may drop out in the next two weeks, by a small model that says why. [ours]

`history` is what is known of a stay, `features` the numbers taken from it, `model` what they come to, `fitting` how
the weights are found, `checking`, `fairness` and `helped` what came of it.
"""
