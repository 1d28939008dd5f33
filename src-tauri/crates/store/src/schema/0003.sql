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
