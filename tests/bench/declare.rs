//! Declaring, against what SQLite itself needs on the same disk: one bare INSERT, and a hand-written transaction that
//! inserts the very rows a declaration makes. The three take turns, so that the disk's moods fall on all alike.

use crate::measure::{Aim, Row, Samples};
use crate::seed;
use anyhow::Result;
use engine::{Engine, Setup};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use store::Opening;
use tests::system::{SystemClock, SystemEntropy};
use uuid::Uuid;

/// Declarations measured.
const RUNS: usize = 1_000;
/// Declarations before that, to warm the log and the caches.
const WARM: usize = 100;

/// Opens an engine on `database`, without duties.
pub fn open(database: &Path) -> Result<Engine> {
    let device = domain::DeviceId(Uuid::from_bytes(rand::random()));
    let now = engine::ports::Clock::now(&SystemClock);
    let store = store::open(&Opening { path: database.to_owned(), device, now })?;
    let setup = Setup {
        store,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        hands: engine::ports::Hands::default(),
        duties: false,
        network: None,
        backups: None,
    };
    Ok(Engine::start(setup)?)
}

/// Declares against bare SQLite.
pub async fn against_sqlite(folder: &Path) -> Result<Vec<Row>> {
    let ours = folder.join("declare.db");
    let engine = open(&ours)?;
    let rows = rows_of_a_declaration(&engine, &ours).await?;
    let mut by_hand = ByHand::new(&folder.join("by-hand.db"), rows)?;
    let bare = Bare::new(&folder.join("bare.db"))?;
    let (mut our_times, mut hand_times, mut bare_times) = (Samples::default(), Samples::default(), Samples::default());
    for run in 0..WARM + RUNS {
        let begun = Instant::now();
        seed::declare(&engine, run).await?;
        let ours = begun.elapsed();
        let begun = Instant::now();
        by_hand.run(run as i64 + 1)?;
        let hand = begun.elapsed();
        let begun = Instant::now();
        bare.run()?;
        let bare = begun.elapsed();
        if run >= WARM {
            our_times.push(ours);
            hand_times.push(hand);
            bare_times.push(bare);
        }
    }
    engine.stop().await;
    let row = |against: &str, quantile: f64, name: &str, theirs: &Samples, aim: f64| {
        let pair = (our_times.quantile(quantile), theirs.quantile(quantile));
        Row::new(&format!("declare, acknowledged durable, {name}"), against, pair, "ms", Aim::AtMost(aim))
    };
    Ok(vec![
        row("one bare INSERT", 0.5, "p50", &bare_times, 2.2),
        row("hand-written, same rows", 0.5, "p50", &hand_times, 1.2),
        row("one bare INSERT", 0.99, "p99", &bare_times, 3.0),
    ])
}

/// Declares in a small and in a large ledger, taking turns.
pub async fn small_and_large(small: &Engine, large: &Engine) -> Result<Row> {
    let (mut in_small, mut in_large) = (Samples::default(), Samples::default());
    for run in 0..WARM + RUNS {
        for (engine, times) in [(small, &mut in_small), (large, &mut in_large)] {
            let begun = Instant::now();
            seed::declare(engine, run).await?;
            if run >= WARM {
                times.push(begun.elapsed());
            }
        }
    }
    let pair = (in_large.quantile(0.5), in_small.quantile(0.5));
    Ok(Row::new("declare with 1,000,000 events in the ledger, p50", "itself with 1,000", pair, "ms", Aim::AtMost(1.2)))
}

fn prepare(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    Ok(())
}

/// One bare INSERT, of about the size of a declaration's words.
struct Bare(Connection);

impl Bare {
    fn new(path: &Path) -> Result<Self> {
        let connection = Connection::open(path)?;
        prepare(&connection)?;
        connection.execute_batch("CREATE TABLE bare (id INTEGER PRIMARY KEY, words BLOB NOT NULL) STRICT")?;
        Ok(Self(connection))
    }

    fn run(&self) -> Result<()> {
        self.0.prepare_cached("INSERT INTO bare (words) VALUES (?1)")?.execute([[7_u8; 300].as_slice()])?;
        Ok(())
    }
}

type Table = (String, Vec<Vec<Value>>);

fn dump(database: &Path) -> Result<BTreeMap<String, Vec<Vec<Value>>>> {
    let connection = Connection::open(database)?;
    let mut names = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%'")?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut tables = BTreeMap::new();
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}"))?;
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect())?.collect::<Result<_, _>>()?;
        tables.insert(name, rows);
    }
    Ok(tables)
}

/// The rows that one declaration adds, table by table.
async fn rows_of_a_declaration(engine: &Engine, database: &Path) -> Result<Vec<Table>> {
    seed::declare(engine, 0).await?;
    let before = dump(database)?;
    seed::declare(engine, 1).await?;
    let after = dump(database)?;
    let added = |(name, rows): (String, Vec<Vec<Value>>)| {
        let known = before.get(&name).cloned().unwrap_or_default();
        (name, rows.into_iter().filter(|row| !known.contains(row)).collect::<Vec<_>>())
    };
    Ok(after.into_iter().map(added).filter(|(_, rows)| !rows.is_empty()).collect())
}

/// The same rows, inserted by hand: ids, references and counters fresh each time, everything else as captured.
struct ByHand {
    connection: Connection,
    rows: Vec<Table>,
}

impl ByHand {
    fn new(path: &Path, rows: Vec<Table>) -> Result<Self> {
        drop(store::open(&Opening { path: path.to_owned(), device: domain::DeviceId(Uuid::nil()), now: domain::Timestamp(1) })?);
        let connection = Connection::open(path)?;
        prepare(&connection)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self { connection, rows })
    }

    fn run(&mut self, run: i64) -> Result<()> {
        let mut fresh: HashMap<Vec<u8>, Vec<u8>> = HashMap::new();
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for (table, rows) in &self.rows {
            for row in rows {
                let marks = vec!["?"; row.len()].join(",");
                let values = row.iter().map(|value| renewed(value, run, &mut fresh));
                transaction
                    .prepare_cached(&format!("INSERT OR REPLACE INTO {table} VALUES ({marks})"))?
                    .execute(params_from_iter(values))?;
            }
        }
        transaction.commit()?;
        Ok(())
    }
}

fn renewed(value: &Value, run: i64, fresh: &mut HashMap<Vec<u8>, Vec<u8>>) -> Value {
    match value {
        Value::Blob(bytes) if bytes.len() == 16 => {
            Value::Blob(fresh.entry(bytes.clone()).or_insert_with(|| rand::random::<[u8; 16]>().to_vec()).clone())
        }
        Value::Integer(number) if *number > 1 => Value::Integer(number + run * 64),
        Value::Text(text) if text.starts_with("INC-") => Value::Text(format!("INC-{run:X}Z{:X}", rand::random::<u16>())),
        other => other.clone(),
    }
}
