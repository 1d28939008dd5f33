//! What an alert costs where much fires and many rules are kept, against where little does: rules asked, group found, quiet
//! looked up, judged and on disk, through the engine, without a network. The sides take turns.

use crate::declare;
use crate::measure::{Aim, Row, Samples};
use crate::seed;
use anyhow::{Context, Result};
use domain::alerts::{Signal, SignalState};
use domain::home::HomeEvent;
use domain::matching::When;
use domain::quiet::{QuietOrder, QuietScope, Shape};
use domain::rules::Rule;
use domain::{AlertSeverity, ServiceName, SourceName, Timestamp};
use engine::{Act, Engine, Ingest};
use std::path::Path;
use std::time::Instant;

/// Alerts of one request: many, so that the rules and not the disk's sync are what is measured.
const BATCH: usize = 500;
/// Requests measured of each side, and before that to warm up.
const RUNS: usize = 40;
const WARM: usize = 4;
/// Alerts of one group.
const GROUP: usize = 25;
/// One rule in so many asks for a part of the title; the others name a service.
const BY_TITLE: usize = 10;
/// What is quiet in either home, by its service.
const QUIETS: usize = 5;

/// How crowded a home is.
struct Crowd {
    rules: usize,
    open: usize,
}

const MANY: Crowd = Crowd { rules: 500, open: 20_000 };
const FEW: Crowd = Crowd { rules: 5, open: 200 };

/// Measures both homes.
pub async fn rows(folder: &Path) -> Result<Vec<Row>> {
    let many = filled(&folder.join("many.db"), &MANY).await?;
    let few = filled(&folder.join("few.db"), &FEW).await?;
    let (mut news, mut repeats) = (Pair::default(), Pair::default());
    for run in 0..WARM + RUNS {
        for (engine, crowd, many) in [(&many, &MANY, true), (&few, &FEW, false)] {
            // Into groups that fire already: as many as the batch has room for, other ones each time.
            let signals: Vec<Signal> = (0..BATCH).map(|number| alert(crowd, run * BATCH + number, &format!("new{run}"))).collect();
            for pair in [&mut news, &mut repeats] {
                let begun = Instant::now();
                send(engine, signals.clone()).await?;
                if run >= WARM {
                    pair.side(many).push(begun.elapsed());
                }
            }
            // They end again, or the smaller home would fill up.
            let ended = SignalState::Resolved { ended_at: engine.now() };
            send(engine, signals.into_iter().map(|signal| Signal { state: ended.clone(), ..signal }).collect()).await?;
        }
    }
    many.stop().await;
    few.stop().await;
    let against = format!("with {} and {}", FEW.rules, FEW.open);
    let row = |what: &str, pair: &Pair| {
        let work = format!("{what} alert with {} rules and {} open alerts, p50", MANY.rules, MANY.open);
        let each = |samples: &Samples| samples.quantile(0.5) * 1e3 / BATCH as f64;
        Row::new(&work, &against, (each(&pair.many), each(&pair.few)), "µs", Aim::AtMost(1.5))
    };
    Ok(vec![row("a new", &news), row("a repeated", &repeats)])
}

#[derive(Default)]
struct Pair {
    many: Samples,
    few: Samples,
}

impl Pair {
    fn side(&mut self, many: bool) -> &mut Samples {
        if many { &mut self.many } else { &mut self.few }
    }
}

async fn filled(database: &Path, crowd: &Crowd) -> Result<Engine> {
    let engine = declare::open(database)?;
    let rules = (0..crowd.rules).map(rule).collect::<Result<_>>()?;
    let mut orders = vec![HomeEvent::RulesSet { rules }];
    for number in 0..QUIETS {
        orders.push(HomeEvent::QuietSet { order: quiet(number, engine.now())? });
    }
    engine.submit(seed::command(Act::HomeAll(orders))).await?;
    let open: Vec<Signal> = (0..crowd.open).map(|number| alert(crowd, number, "open")).collect();
    for part in open.chunks(BATCH) {
        send(&engine, part.to_vec()).await?;
    }
    Ok(engine)
}

fn rule(number: usize) -> Result<Rule> {
    let when =
        if number.is_multiple_of(BY_TITLE) { format!("title~*{number}-th*") } else { format!("service=svc{number} severity>=error") };
    let when = When::parse(&when).with_context(|| when.clone())?;
    Ok(Rule { severity: Some(AlertSeverity::Critical), ..Rule::new(format!("rule {number}"), when) })
}

fn quiet(number: usize, now: Timestamp) -> Result<QuietOrder> {
    let hour = 60 * 60 * 1_000;
    Ok(QuietOrder {
        scope: QuietScope::Alerts(When::parse(&format!("service=quiet{number}"))?),
        shape: Shape::Muted,
        title: format!("Trial of quiet{number}"),
        reason: "it is only tried".into(),
        from: None,
        until: now.plus_millis(hour),
        until_over: false,
        below: None,
        recurs: None,
        known: None,
    })
}

async fn send(engine: &Engine, signals: Vec<Signal>) -> Result<()> {
    let source = SourceName("bench".into());
    engine.ingest(Ingest { source, signals, changes: vec![], refused: vec![], received_at: engine.now() }).await?;
    Ok(())
}

/// An alert of one of the groups that fire in such a home.
fn alert(crowd: &Crowd, number: usize, run: &str) -> Signal {
    let group = number / GROUP % (crowd.open / GROUP);
    let pairs = |pairs: [(&str, String); 3]| pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Signal {
        key: format!("{run}-{number}"),
        state: SignalState::Firing { lapses_at: None },
        episode: "2026-11-23T08:34:58Z".into(),
        started_at: Timestamp(1_795_423_000_000),
        severity: AlertSeverity::Warning,
        title: format!("Latency above 1 s on node {number}"),
        service: Some(ServiceName(format!("svc{group}"))),
        labels: pairs([("alertname", format!("Latency{group}")), ("instance", format!("{run}-{number}:9100")), ("job", "node".into())]),
        annotations: Default::default(),
        link: None,
        group_key: format!("Latency{group}"),
        group_title: format!("Latency{group}"),
        rules: vec![],
    }
}
