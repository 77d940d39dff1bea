"""Own indicators: listed, composed on live data, published in versions."""
