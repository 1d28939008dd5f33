//! Opens a home's database: says what is wrong with it before anything is written, migrates it after a backup, and
//! looks at what a crash would have hit. Reads no more of a large file than of a small one.

use crate::schema::History;
use crate::{OpenError, Readers, StoreError, Writer, backup, backups, codec, meta, projections, schema, search, sql, verify, wal};
use domain::{DeviceId, Timestamp};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes that the log keeps on disk when it is empty (16 MiB): what grew in a flood is given back.
const LOG_KEPT: i64 = 16 * 1024 * 1024;
/// Pages held in memory by the writer, in KiB (4 MiB): more than a transaction of alerts changes. What fires is not looked up
/// there but kept at hand, and what else is read lies in the system's own cache.
const CACHE_KIB: i64 = 4 * 1024;
/// Statements kept prepared on a connection: more than there are.
const STATEMENTS: usize = 160;
/// How every SQLite file begins.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What to open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opening {
    /// The file, `muster.db`; its folder must exist.
    pub path: PathBuf,
    /// The device a new home is; one that exists knows its own.
    pub device: DeviceId,
    /// Now.
    pub now: Timestamp,
}

/// Opens the database, makes it where there is none, and brings an older one up to date.
pub fn open(opening: &Opening) -> Result<(Writer, Readers), OpenError> {
    let path = &opening.path;
    look_at_file(path)?;
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE).map_err(doing("opening"))?;
    let found = version(&connection)?;
    prepare(&connection)?;
    migrate(&mut connection, opening, found, &schema::HISTORY)?;
    let device = settle(&mut connection, opening).map_err(doing("reading"))?;
    let mut writer = Writer::new(connection, device).map_err(doing("reading"))?;
    // What a crash left in the log may hold words that were taken out. A reader elsewhere may hold it for now, or the
    // disk may have no room for it: a full disk must not keep anybody from reading.
    if log_of(path).metadata().is_ok_and(|log| log.len() > 0) {
        match writer.checkpoint_truncate() {
            Ok(()) | Err(StoreError::Busy | StoreError::Full) => {}
            Err(fault) => return Err(OpenError::of(fault, "moving the log into the file")),
        }
    }
    Ok((writer, Readers::new(path)))
}

fn doing(what: &'static str) -> impl Fn(StoreError) -> OpenError {
    move |fault| OpenError::of(fault, what)
}

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// Tells a foreign, cut or write-protected file apart before SQLite touches it.
fn look_at_file(path: &Path) -> Result<(), OpenError> {
    let doing = |fault: std::io::Error| OpenError::of(fault.into(), "opening the file");
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(doing)?;
    let probe = path.with_extension("probe");
    OpenOptions::new().write(true).create(true).truncate(true).open(&probe).map_err(doing)?;
    fs::remove_file(&probe).map_err(doing)?;
    let length = file.metadata().map_err(doing)?.len();
    let log = log_of(path).metadata().map_or(0, |log| log.len());
    if length == 0 && log == 0 {
        return Ok(());
    }
    let mut magic = [0; 16];
    if length == 0 {
        return Err(OpenError::Corrupt { why: "the file is empty, though a log lies beside it".into() });
    }
    if length < 512 || file.read_exact(&mut magic).is_err() || magic != *MAGIC {
        return Err(OpenError::Corrupt { why: "the file does not begin as a database does".into() });
    }
    Ok(())
}

pub(crate) fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(wal::PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

/// The file's schema: 0 where it is new. Refuses what a newer Muster or another program wrote.
fn version(connection: &Connection) -> Result<i64, OpenError> {
    let number = |pragma: &str| {
        connection
            .query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0))
            .map_err(|fault| doing("reading the header")(fault.into()))
    };
    let (tables, application, found) = (number("schema_version")?, number("application_id")?, number("user_version")?);
    if tables != 0 && application != i64::from(schema::APPLICATION_ID) {
        return Err(OpenError::Corrupt { why: "it is a database, but not one of Muster's".into() });
    }
    if found > schema::VERSION {
        return Err(OpenError::Newer { found, known: schema::VERSION });
    }
    Ok(found)
}

fn prepare(connection: &Connection) -> Result<(), OpenError> {
    let set = || -> Result<bool, StoreError> {
        if connection.is_readonly("main")? {
            return Err(StoreError::ReadOnly);
        }
        let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        connection.pragma_update(None, "journal_size_limit", LOG_KEPT)?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        connection.pragma_update(None, "cell_size_check", "ON")?;
        Ok(mode == "wal")
    };
    if set().map_err(doing("making it ready"))? {
        Ok(())
    } else {
        Err(OpenError::Io { why: "this file system cannot hold a write-ahead log".into() })
    }
}

/// Brings the schema up to date; an older file is copied to `backups/` beside it first.
pub(crate) fn migrate(connection: &mut Connection, opening: &Opening, found: i64, history: &History<'_>) -> Result<(), OpenError> {
    if found == history.version {
        return Ok(());
    }
    if found > 0 {
        let file = backups::before_migration(&opening.path, found);
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|fault| doing("backing up before an update")(fault.into()))?;
        backup::write(connection, &file).map_err(doing("backing up before an update"))?;
    }
    let run = |connection: &mut Connection| -> Result<(), StoreError> {
        connection.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
        history.steps.to_latest(connection).map_err(|fault| match fault {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => StoreError::Io(other.to_string()),
        })
    };
    run(connection).map_err(doing("bringing the record up to date"))
}

/// Looks at every table and at the end of the chain, names a new home's device, and folds projections of an older shape
/// anew.
fn settle(connection: &mut Connection, opening: &Opening) -> Result<DeviceId, StoreError> {
    for table in schema::TABLES {
        sql::exists(connection, &format!("SELECT * FROM {table} LIMIT 1"), [])?;
    }
    verify::verify_tail(connection)?;
    let transaction = connection.transaction()?;
    let device = match meta::device(&transaction)? {
        Some(device) => device,
        None => {
            meta::become_device(&transaction, opening.device, opening.now)?;
            meta::set_number(&transaction, meta::PROJECTIONS, codec::PROJECTIONS)?;
            opening.device
        }
    };
    if meta::number(&transaction, meta::PROJECTIONS)? != Some(codec::PROJECTIONS) {
        projections::rebuild(&transaction)?;
        search::reset(&transaction)?;
    }
    transaction.commit()?;
    Ok(device)
}
