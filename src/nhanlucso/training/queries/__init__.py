"""Reading classes, who is asked to come and who came."""
