"""One batch: find the rows, erase them, retry or skip what other sessions lock or the server refuses."""
