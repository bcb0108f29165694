"""Changes of the store's tables from version to version, run when the store is opened."""
