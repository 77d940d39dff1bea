"""Writing plans and what hangs on them."""
