"""What people decided: keys, what holds, and the ledger on disk."""
