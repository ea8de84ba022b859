"""What all pages share: stylesheet and static files, menus, drawn ornaments, date formats, the weight of a page."""
