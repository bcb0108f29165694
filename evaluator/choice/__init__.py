"""Which projects to fund under a budget and its rules: rules, model, solver, conflicts, core, frontier."""
