"""The secrets of second factors are sealed with the keys of the installation before allauth stores them."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter

from throughcare.keys import seal, unseal

PLACE = "second factor"


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's adapter with sealed secrets."""

    def encrypt(self, text: str) -> str:
        """The secret, sealed."""
        return seal(text, place=PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret in clear."""
        return unseal(encrypted_text, place=PLACE)

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Who a passkey is for: the phone shows the address that signs in, and nothing of the clinic."""
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.email}

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.email)
