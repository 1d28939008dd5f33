-- No projection: when an incident's clocks are to be looked at next. The engine sets it with every event and at start.
CREATE TABLE wakes (
    incident BLOB PRIMARY KEY,
    due INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX wakes_due ON wakes (due);

-- A projection: which lines of other tools' text are on the record already, by what the text itself says.
CREATE TABLE pasted (
    incident BLOB NOT NULL,
    key BLOB NOT NULL,
    event BLOB NOT NULL,
    PRIMARY KEY (incident, key, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX pasted_event ON pasted (event);
