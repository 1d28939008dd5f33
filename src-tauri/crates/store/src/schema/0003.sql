-- Whether somebody at the tool looks at an alert's present episode.
ALTER TABLE alerts ADD COLUMN acknowledged INTEGER NOT NULL DEFAULT 0;

-- A projection: what was done to systems, by the event that told of it.
CREATE TABLE changes (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_time ON changes (at, seq);

-- A projection: how each group stands with noise, by its last verdict.
CREATE TABLE noises (
    grp BLOB PRIMARY KEY,
    absorbed INTEGER NOT NULL,
    loud INTEGER NOT NULL,
    until INTEGER,
    parent BLOB,
    folded_to INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX noises_until ON noises (until) WHERE until IS NOT NULL;
CREATE INDEX noises_parent ON noises (parent) WHERE parent IS NOT NULL;

-- A projection: how often each rule fitted an alert, by day (days since 1970 UTC).
CREATE TABLE rule_hits (
    rule TEXT NOT NULL,
    day INTEGER NOT NULL,
    hits INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (rule, day)
) STRICT, WITHOUT ROWID;
