CREATE INDEX alert_groups_firing ON alert_groups (number) WHERE fires = 1;
CREATE INDEX alert_groups_key ON alert_groups (key_hash);
CREATE INDEX alerts_alert ON alerts (alert);
CREATE INDEX changes_time ON changes (at, seq);
CREATE UNIQUE INDEX events_chain ON events (device, device_seq);
CREATE UNIQUE INDEX events_id ON events (id);
CREATE INDEX events_subject ON events (subject);
CREATE INDEX incidents_open ON incidents (declared_at) WHERE is_open = 1;
CREATE INDEX incidents_ref ON incidents (ref);
CREATE INDEX incidents_resolved ON incidents (resolved_at) WHERE resolved_at IS NOT NULL;
CREATE INDEX incidents_time ON incidents (declared_at);
CREATE INDEX noises_parent ON noises (parent) WHERE parent IS NOT NULL;
CREATE INDEX noises_until ON noises (until) WHERE until IS NOT NULL;
CREATE INDEX outbox_pending ON outbox (incident, due) WHERE state = 0;
CREATE INDEX pasted_event ON pasted (event);
CREATE INDEX quiets_group ON quiets (grp) WHERE ended = 0;
CREATE INDEX refusals_source ON refusals (source, number);
CREATE INDEX sightings_lapse ON sightings (lapses_at) WHERE lapses_at IS NOT NULL;
CREATE INDEX timeline_page ON timeline (incident, at, hlc, seq, machine, kind);
CREATE INDEX timeline_pinned ON timeline (incident, at, hlc, seq) WHERE pinned = 1;
CREATE INDEX wakes_due ON wakes (due);
CREATE TABLE alert_groups (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    key_hash BLOB NOT NULL,
    source TEXT NOT NULL,
    fires INTEGER NOT NULL,
    count INTEGER NOT NULL,
    firing INTEGER NOT NULL,
    critical INTEGER NOT NULL,
    error INTEGER NOT NULL,
    warning INTEGER NOT NULL,
    info INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    services TEXT NOT NULL,
    acknowledged_by TEXT,
    folded_to INTEGER NOT NULL
) STRICT;
CREATE TABLE alert_names (
    key TEXT NOT NULL,
    source TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (key, source)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE attachments (
    grp BLOB NOT NULL,
    incident BLOB NOT NULL,
    hlc INTEGER NOT NULL,
    PRIMARY KEY (grp, incident)
) STRICT, WITHOUT ROWID;
CREATE TABLE changes (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE devices (
    number INTEGER PRIMARY KEY,
    device BLOB NOT NULL UNIQUE,
    since INTEGER NOT NULL
) STRICT;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    subject_kind INTEGER NOT NULL,
    subject BLOB NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    device BLOB NOT NULL,
    device_seq INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    actor_kind INTEGER NOT NULL,
    actor TEXT NOT NULL,
    on_behalf_of TEXT,
    means TEXT NOT NULL,
    via TEXT NOT NULL,
    parents BLOB NOT NULL,
    codec INTEGER NOT NULL,
    payload_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    salt BLOB,
    payload BLOB
) STRICT;
CREATE TABLE incidents (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    ref TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    declared_at INTEGER NOT NULL,
    resolved_at INTEGER,
    services TEXT NOT NULL,
    entries INTEGER NOT NULL,
    people INTEGER NOT NULL,
    pinned INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;
CREATE TABLE losses (
    device BLOB NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    noted_at INTEGER NOT NULL,
    PRIMARY KEY (device, first)
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE noises (
    grp BLOB PRIMARY KEY,
    absorbed INTEGER NOT NULL,
    loud INTEGER NOT NULL,
    until INTEGER,
    parent BLOB,
    folded_to INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE once (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    incident BLOB,
    event BLOB,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    kind INTEGER NOT NULL,
    incident BLOB NOT NULL,
    due INTEGER NOT NULL,
    state INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE pasted (
    incident BLOB NOT NULL,
    key BLOB NOT NULL,
    event BLOB NOT NULL,
    PRIMARY KEY (incident, key, event)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE quiets (
    event BLOB PRIMARY KEY,
    grp BLOB,
    ended INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE refusals (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    raw BLOB NOT NULL
) STRICT;
CREATE TABLE rule_hits (
    rule TEXT NOT NULL,
    day INTEGER NOT NULL,
    hits INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (rule, day)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (words, tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'search_content'(id INTEGER PRIMARY KEY, c0);
CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE sightings (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    count INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    lapses_at INTEGER
) STRICT;
CREATE TABLE source_stats (
    source TEXT PRIMARY KEY,
    last_heard_at INTEGER,
    requests INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    last_refusal TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE timeline (
    seq INTEGER PRIMARY KEY,
    incident BLOB NOT NULL,
    at INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    machine INTEGER NOT NULL,
    kind TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    corrected_by INTEGER,
    reworded_by INTEGER,
    redacted_by INTEGER
) STRICT;
CREATE TABLE wakes (
    incident BLOB PRIMARY KEY,
    due INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER events_erase BEFORE UPDATE OF salt, payload ON events
WHEN NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'words are only ever taken away');
END;
CREATE TRIGGER events_hold BEFORE UPDATE OF
    seq, id, subject_kind, subject, kind, version, occurred_at, recorded_at, received_at, device, device_seq, hlc,
    actor_kind, actor, on_behalf_of, means, via, parents, codec, payload_hash, hash ON events BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'an event is never removed');
END;
