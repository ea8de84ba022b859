"""Views of the public pages. Each reads through ``Record.objects.visible_to`` and hands frozen values to a template."""
