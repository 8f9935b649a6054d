"""The figures of a report: each a table of what is drawn and a function that draws it, saved as SVG, PNG and CSV."""
