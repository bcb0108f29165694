"""From a household or village panel to long-term income effects with their uncertainty."""
