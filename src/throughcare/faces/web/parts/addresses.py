"""The gallery's addresses: nothing of a patient is in it, so anyone may look."""

from functools import partial

from throughcare.faces.web.parts.gallery import gallery
from throughcare.faces.web.routing import public

addresses = [
    public("parts/", gallery, name="parts"),
    public("parts/public/", partial(gallery, frame="public"), name="parts_public"),
    public("parts/print/", partial(gallery, frame="print"), name="parts_print"),
]
