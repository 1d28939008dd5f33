-- Sightings have numbers, and alerts go by them. Numbers grow, so a flood of new alerts adds to the ends of tables, where
-- names, random as they are, had every commit write pages all over them.
ALTER TABLE sightings RENAME TO sightings_by_name;
ALTER TABLE alerts RENAME TO alerts_by_name;
DROP INDEX sightings_lapse;

-- No projection: every alert ever heard of, and how it was last heard.
CREATE TABLE sightings (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    count INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    lapses_at INTEGER
) STRICT;
INSERT INTO sightings (source, key, count, last_at, lapses_at)
    SELECT source, key, count, last_at, lapses_at FROM sightings_by_name ORDER BY last_at;
INSERT INTO sightings (source, key, count, last_at)
    SELECT DISTINCT source, key, 0, 0 FROM alerts_by_name a
    WHERE NOT EXISTS (SELECT 1 FROM sightings_by_name s WHERE s.source = a.source AND s.key = a.key);
CREATE INDEX sightings_lapse ON sightings (lapses_at) WHERE lapses_at IS NOT NULL;

-- No projection: the numbers by name. It trails the sightings; meta says up to which number it has come.
CREATE TABLE alert_names (
    key TEXT NOT NULL,
    source TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (key, source)
) STRICT, WITHOUT ROWID;
INSERT INTO alert_names SELECT key, source, number FROM sightings ORDER BY key, source;
INSERT INTO meta SELECT 'named', count(*) FROM sightings;

-- A projection, by the event by which each alert fires, or last fired, in a group: a group's alerts are found by its
-- events. `acknowledged`: whether somebody at the tool looks at the present episode.
CREATE TABLE alerts (
    opened INTEGER PRIMARY KEY,
    alert INTEGER NOT NULL,
    joined INTEGER NOT NULL,
    grp BLOB NOT NULL,
    present INTEGER NOT NULL,
    status INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    episode TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    changed INTEGER,
    acknowledged INTEGER NOT NULL
) STRICT;
INSERT INTO alerts
    SELECT a.opened, s.number, a.joined, a.grp, a.present, a.status, a.severity, a.episode, a.started_at, a.ended_at, a.changed,
           a.acknowledged
    FROM alerts_by_name a JOIN alert_names s ON s.key = a.key AND s.source = a.source;
CREATE INDEX alerts_alert ON alerts (alert);

DROP TABLE sightings_by_name;
DROP TABLE alerts_by_name;
