"""What stands behind every screen: the vault's thread, autosave, idle, preferences."""
