"""Which villages of a unit have a team, and how much the teams helped."""
