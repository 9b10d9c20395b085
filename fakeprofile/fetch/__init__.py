"""What found addresses point at: pages and pictures as bytes, from public hosts only, or why not."""

from fakeprofile.fetch.fetcher import Fetcher
from fakeprofile.fetch.records import Content, Fetched, FetchLimits

__all__ = ["Content", "FetchLimits", "Fetched", "Fetcher"]
