"""Send a built site to a static host: only what changed, in a safe order."""

from broadsheet.deploy.run import Refused, Wish, bundle_of, deploy, target_of
from broadsheet.deploy.target import Busy, DeployFailed, Report
from broadsheet.deploy.verify import verify

__all__ = ["Busy", "DeployFailed", "Refused", "Report", "Wish", "bundle_of", "deploy", "target_of", "verify"]
