"""The country from its provinces: signed extracts of builds, and figures over all of them (docs/cluster.md)."""
