"""The chart as one HTML file that works without a server, by mail and on a USB stick."""
