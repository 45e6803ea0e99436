"""Keys of online services live in the system's keyring, never in the database or a settings file."""

from __future__ import annotations

from poltwt_console.geocoding.online_results import OnlineError

_KEYRING_SERVICE = "poltwt console geocoding"


def read_api_key(service: str) -> str:
    """The key of a service from the system's keyring, "" if none is kept; OnlineError if it is closed."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_KEYRING_SERVICE, service) or ""
    except KeyringError as error:
        raise OnlineError("The system's keyring cannot be read.", "Unlock it and try again.") from error


def keep_api_key(service: str, api_key: str) -> None:
    """Keep a key in the system's keyring, or forget it if empty; OnlineError if it is closed."""
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        if api_key:
            keyring.set_password(_KEYRING_SERVICE, service, api_key)
        else:
            keyring.delete_password(_KEYRING_SERVICE, service)
    except PasswordDeleteError:
        return  # there was none
    except KeyringError as error:
        raise OnlineError("The system's keyring cannot be written.", "Unlock it and try again.") from error
