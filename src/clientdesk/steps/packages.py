"""A repository's packages listed, without an audit."""

from __future__ import annotations

from clientdesk.audit.manifests import inventory
from clientdesk.documents.bill_of_materials import bill_of_materials
from clientdesk.domain.intake import RepositoryAddress
from clientdesk.steps.desk import Desk


def listed_packages(desk: Desk, repository: RepositoryAddress) -> bytes:
    """The CycloneDX bill of materials of a repository; the clone is gone afterwards."""
    with desk.progress.step(f"Clone {repository.address}"):
        checkout = desk.checkouts.fetch(repository)
    try:
        with desk.progress.step("List packages") as say:
            found = desk.checkouts.open(checkout)
            packages = inventory(found)
            say(f"{len(packages.packages)} in {len(packages.manifests) + len(packages.locks)} files")
            return bill_of_materials(found.address, found.commit, packages, desk.clock.now())
    finally:
        desk.checkouts.discard(checkout)
