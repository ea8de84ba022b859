"""The files for crawlers: robots.txt and the sitemap."""

from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ..sitemaps import SITEMAPS
from .public_view import public_page


@public_page
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Crawlers may read every public page and not the admin."""
    sitemap_url = request.build_absolute_uri(reverse("sitemap"))
    return render(request, "robots.txt", {"sitemap": sitemap_url}, content_type="text/plain; charset=utf-8")


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps."""
    return sitemap_views.index(request, SITEMAPS, sitemap_url_name="sitemap-section")


@public_page
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One sitemap."""
    return sitemap_views.sitemap(request, SITEMAPS, section)
