"""What every page of the site stands in: stylesheet and static files, navigation, drawn ornament, formats of dates, weight of the page."""
