"""The colours of all pictures: those of the documents."""

INK = "#1c2733"
QUIET = "#5b6875"
RULE = "#d9dfe4"
ACCENT = "#0f5c63"
