"""Who is asking: the login name of the process, not what its environment claims."""

import os
import pwd


def login_name() -> str:
    """The name of the account this runs as."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
