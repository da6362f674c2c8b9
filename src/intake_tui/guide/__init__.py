"""The guide: what may be asked and told, as data that a centre can read and change."""
