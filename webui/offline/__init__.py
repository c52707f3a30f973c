"""The chart as one HTML file that works without a server, by mail and on a USB stick."""

from webui.offline.page import offline_page

__all__ = ["offline_page"]
