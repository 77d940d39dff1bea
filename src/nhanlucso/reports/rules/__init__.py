"""What a report says: decisions and sentences on plain values. No database, no clock."""
