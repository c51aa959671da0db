"""Every marked sentence, gathered once."""

import pytest
from docs.draw_languages import gathered


@pytest.fixture(scope="session")
def spanish():
    """The entries of the Spanish catalog by their English sentence."""
    return gathered("es")
