"""Many units changed on one day as one write: what ends, what begins, and the events between."""
