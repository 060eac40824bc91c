"""Ready files for the services that build and publish on every push. See docs/deploy.md."""

from __future__ import annotations

import json
from typing import Final

_STEPS: Final = """\
          pip install 'broadsheet[s3]'
          broadsheet check
          broadsheet build
          broadsheet deploy live
"""
GITHUB: Final = """\
# .github/workflows/publish.yml: builds on every push and publishes with GitHub Pages.
name: Publish
on:
  push:
    branches: [main]
permissions:
  contents: read
  pages: write
  id-token: write
concurrency:
  group: publish
jobs:
  publish:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
          cache: pip
      - uses: actions/cache@v4  # what earlier builds made and published
        with:
          path: .broadsheet
          key: broadsheet-${{ github.run_id }}
          restore-keys: broadsheet-
      - run: |
          pip install broadsheet
          broadsheet check
          broadsheet build
          broadsheet audit
      - uses: actions/upload-pages-artifact@v3
        with:
          path: output
      - uses: actions/deploy-pages@v4
"""
GITLAB: Final = """\
# .gitlab-ci.yml: builds on every push and publishes to the target "live".
publish:
  image: python:3.12-slim
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  resource_group: publish
  cache:
    key: broadsheet
    paths: [.broadsheet]
  script:
    - pip install 'broadsheet[s3]'
    - broadsheet check
    - broadsheet build
    - broadsheet deploy live
"""
FORGEJO: Final = f"""\
# .forgejo/workflows/publish.yml: builds on every push and publishes to the target "live".
on:
  push:
    branches: [main]
jobs:
  publish:
    runs-on: docker
    container:
      image: python:3.12-slim
    steps:
      - uses: actions/checkout@v4
      - uses: actions/cache@v4
        with:
          path: .broadsheet
          key: broadsheet-${{{{ github.run_id }}}}
          restore-keys: broadsheet-
      - env:
          AWS_ACCESS_KEY_ID: ${{{{ secrets.AWS_ACCESS_KEY_ID }}}}
          AWS_SECRET_ACCESS_KEY: ${{{{ secrets.AWS_SECRET_ACCESS_KEY }}}}
        run: |
{_STEPS}"""


def files(name: str) -> dict[str, str]:
    """Return the workflow files by name. ``name`` is the site's, as Cloudflare may have it."""
    wrangler = {
        "name": name,
        "compatibility_date": "2026-01-01",
        "assets": {"directory": "./output", "html_handling": "none", "not_found_handling": "404-page"},
    }
    return {
        "github-publish.yml": GITHUB,
        "gitlab-ci.yml": GITLAB,
        "forgejo-publish.yml": FORGEJO,
        "wrangler.jsonc": json.dumps(wrangler, indent=2) + "\n",
    }
