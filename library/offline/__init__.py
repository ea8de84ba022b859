"""The library without a network: the service worker, the manifest of the application, which answers a browser may keep (ADR 0046)."""
