"""The dashboard: what the library has and lacks, how good it is, how long reviews take, and the yearly report made of the same counts."""
