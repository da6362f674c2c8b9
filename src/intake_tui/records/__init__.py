"""How the intake and the vault meet: records as bytes, lists, guide texts, registrations."""
