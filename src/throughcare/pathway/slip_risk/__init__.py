"""Slip risk: the model is fitted monthly, checked, switched off and on; the list of who may drop out, with reasons."""
