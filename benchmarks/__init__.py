"""How long things take beside something known, in one run on one machine: only the ratios mean anything."""
