"""The Pelican side: pages, feeds and sitemaps from published articles.

Only this room imports Pelican, and only inside the functions that need it.
"""
