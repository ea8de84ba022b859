"""The log of what staff do: sign-ins beside changes, and from which network address each of them came."""
