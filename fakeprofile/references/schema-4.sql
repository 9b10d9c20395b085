-- What the user keeps an eye on: an account by its handle or number, an identity by its name, or one case.

CREATE TABLE watches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
    platform TEXT NOT NULL DEFAULT '',
    handle TEXT NOT NULL DEFAULT '',
    folded TEXT NOT NULL DEFAULT '',  -- the handle, upper and lower case the same
    account_id TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',    -- of an identity
    note TEXT,
    added_on TEXT NOT NULL,
    run_on TEXT,                      -- when it was last looked for
    CHECK (case_id IS NOT NULL OR handle <> '' OR account_id <> '' OR name <> '')
);
CREATE UNIQUE INDEX watches_once ON watches (ifnull(case_id, 0), platform, folded, account_id, name);
CREATE INDEX watches_by_case ON watches (case_id) WHERE case_id IS NOT NULL;

-- Where the pictures of what is watched were found at the last look, so that the next one tells what is new.
CREATE TABLE watch_told (
    watch_id INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
    sighting_id INTEGER NOT NULL REFERENCES sightings (id) ON DELETE CASCADE,
    told_on TEXT NOT NULL,
    PRIMARY KEY (watch_id, sighting_id)
) WITHOUT ROWID;
CREATE INDEX watch_told_by_sighting ON watch_told (sighting_id);
