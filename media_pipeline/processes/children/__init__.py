"""Code that opens files from outside with Pillow, libvips or PDFium. It runs only in a sandboxed child; no Django here."""
