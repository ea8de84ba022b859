"""What machines read first: robots.txt and the sitemap."""

from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ..sitemaps import SITEMAPS
from .public_view import public_page


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the back office is nobody's business."""
    where = request.build_absolute_uri(reverse("sitemap"))
    return render(request, "robots.txt", {"sitemap": where}, content_type="text/plain; charset=utf-8")


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps."""
    return sitemap_views.index(request, SITEMAPS, sitemap_url_name="sitemap-section")


@public_page
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One sitemap."""
    return sitemap_views.sitemap(request, SITEMAPS, section)
