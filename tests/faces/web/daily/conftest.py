"""Dev and his phone."""

from tests.faces.web.questionnaires.conftest import dev

__all__ = ["dev"]
