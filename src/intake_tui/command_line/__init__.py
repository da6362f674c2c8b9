"""What the commands share: faults and exit statuses, signing in, plain output."""
