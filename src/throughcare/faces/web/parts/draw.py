"""Draws one part from its template in `templates/parts/`."""

from django.template.loader import get_template
from django.utils.safestring import SafeString


def draw(part: str, **context: object) -> SafeString:
    """The HTML of `parts/<part>.html`; values are escaped by the template."""
    return SafeString(
        get_template(f"parts/{part}.html").render(context)
    )  # typed as str; the template has escaped
