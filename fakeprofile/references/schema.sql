-- The reference set: who is known, with which photos, seen where and when.
-- Dates are ISO 8601 in UTC, at the precision that is known. Hex is lower case.

CREATE TABLE identities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('reference', 'case')),
    name TEXT NOT NULL CHECK (name <> ''),
    note TEXT
);
CREATE UNIQUE INDEX identities_by_name ON identities (name) WHERE kind = 'reference';
CREATE INDEX identities_of_cases ON identities (name) WHERE kind = 'case';

CREATE TABLE handles (
    identity_id INTEGER NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
    platform TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL,
    account_id TEXT,
    PRIMARY KEY (identity_id, platform, name)
) WITHOUT ROWID;

CREATE TABLE pages (
    identity_id INTEGER NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    PRIMARY KEY (identity_id, url)
) WITHOUT ROWID;

-- A photo, or a hash that came without its picture: then width and height are NULL.
CREATE TABLE photos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT UNIQUE CHECK (length(sha256) = 64),
    width INTEGER,
    height INTEGER,
    phash TEXT CHECK (length(phash) = 16),
    pdq TEXT CHECK (length(pdq) = 64),
    pdq_quality INTEGER,
    whole_algorithm TEXT,
    keypoint_algorithm TEXT,
    points BLOB,          -- n x 4 uint16, little-endian: see references/blobs.py
    codes BLOB,           -- n x 16 bytes
    thumbnail BLOB,       -- JPEG, or NULL with --no-thumbnails
    added_on TEXT NOT NULL,
    CHECK (sha256 IS NOT NULL OR phash IS NOT NULL OR pdq IS NOT NULL)
);
CREATE UNIQUE INDEX photos_by_hash ON photos (ifnull(pdq, ''), ifnull(phash, '')) WHERE sha256 IS NULL;

CREATE TABLE sightings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    photo_id INTEGER NOT NULL REFERENCES photos (id),
    identity_id INTEGER REFERENCES identities (id),
    source TEXT NOT NULL CHECK (source IN ('reference', 'case')),
    page_url TEXT,
    image_url TEXT,
    seen_on TEXT,
    date_kind TEXT,
    added_on TEXT NOT NULL,
    note TEXT
);
CREATE INDEX sightings_by_photo ON sightings (photo_id, identity_id);
CREATE INDEX sightings_by_identity ON sightings (identity_id);

-- An account that was checked. Its photos are sightings of the identity of the same number.
CREATE TABLE cases (
    id INTEGER PRIMARY KEY REFERENCES identities (id) ON DELETE CASCADE,
    platform TEXT NOT NULL DEFAULT '',
    handle TEXT NOT NULL DEFAULT '',
    folded TEXT NOT NULL DEFAULT '',  -- the handle, upper and lower case the same
    account_id TEXT,
    display_name TEXT,
    first_checked_on TEXT NOT NULL,
    last_checked_on TEXT NOT NULL,
    level TEXT NOT NULL,
    report TEXT NOT NULL  -- JSON of facts and verdict, so that both can be weighed again
);
CREATE INDEX cases_by_account ON cases (platform, folded);
