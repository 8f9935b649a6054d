"""Reported figures and what can be inferred from them: the ledger, closed forms and fits."""
