-- No projection: what came of trying a place, by day (days since 1970 UTC). Tries are no events: a probe makes thousands a day.
CREATE TABLE probe_days (
    source TEXT NOT NULL,
    day INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    well INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    last_well INTEGER NOT NULL,
    last_ms INTEGER,
    PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;
