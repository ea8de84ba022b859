"""Packs: what readers take away on a memory card and open without a network (ADR 0047)."""
