"""Every error that the program raises on purpose.

FakeprofileError            anything said on purpose; one line for the user
├── UsageError              the command or call asks for something that cannot be
├── PhotoError              one picture cannot be read, or is over a limit
├── SourceError             a file of references cannot be read as such
├── NetError                a service or page on the web gave no whole answer
├── WorkerError             the system starts no process to share the work with
└── LibraryError            the library file
    ├── LibraryMissing      there is none at that place
    ├── LibraryForeign      the file is not a fakeprofile library, or is damaged
    ├── LibraryNewer        a newer version of the program made it
    ├── LibraryLocked       another program is writing to it
    └── LibraryReadOnly     it cannot be written

One bad photo among many is never an error: it is a ``Gap`` (see ``records``).
"""


class FakeprofileError(Exception):
    """Something the user can act on; the message is one line that says what to do."""

    exit_code = 2


class UsageError(FakeprofileError):
    """The command or call asks for something that cannot be."""


class PhotoError(FakeprofileError):
    """One picture cannot be read, or is over a limit."""


class SourceError(FakeprofileError):
    """A file or folder of references cannot be read as one."""


class WorkerError(FakeprofileError):
    """The work was to be shared by several processes, and none can be started."""


class LibraryError(FakeprofileError):
    """The library file cannot be used."""


class LibraryMissing(LibraryError):
    """There is no library at that place."""


class LibraryForeign(LibraryError):
    """The file is not a library of this program, or it is damaged."""


class LibraryNewer(LibraryError):
    """A newer version of the program made the library."""


class LibraryLocked(LibraryError):
    """Another program is writing to the library."""


class LibraryReadOnly(LibraryError):
    """The library cannot be written."""


class NetError(FakeprofileError):
    """A service could not be reached, or gave no whole answer."""
