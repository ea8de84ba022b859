"""Editorial pages written by curators: home, about, rights, stories."""
