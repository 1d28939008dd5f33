//! Requests that are written together: what spoils one of them is no harm to the others, and a person comes before them.

use domain::alerts::Signal;
use domain::home::HomeEvent;
use domain::matching::When;
use domain::rules::Rule;
use domain::{Severity, SourceName};
use engine::{Act, Failure, Ingest, Ingested};
use store::GroupFilter;
use testkit::{House, SOURCE, firing};

fn request(house: &House, signals: Vec<Signal>) -> Ingest {
    Ingest { source: SourceName(SOURCE.into()), signals, changes: vec![], refused: vec![], received_at: house.now() }
}

/// An alert in a group of its own.
fn alert(name: &str) -> Signal {
    Signal { group_key: name.into(), group_title: name.into(), ..firing(name) }
}

/// Keeps the writer busy until all of `work` waits for it, so that it finds it together.
async fn together<T>(house: &House, work: impl Future<Output = T>) -> T {
    let (let_go, busy) = std::sync::mpsc::channel::<()>();
    let blocked = house.engine.with_writer(move |_| {
        let _let_go = busy.recv();
        Ok(())
    });
    // In this order, the second only after the first was handed over, and the third after the second.
    let (held, done, ()) = tokio::join!(biased; blocked, work, async { drop(let_go) });
    held.expect("the writer was held");
    done
}

async fn titles(house: &House) -> Vec<String> {
    let all = GroupFilter { waiting_only: false, incident: None, limit: 50 };
    let groups = house.engine.read(move |reader| reader.groups(&all)).await.expect("groups");
    groups.into_iter().rev().map(|group| group.title).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_fails_takes_no_other_with_it() {
    let house = House::open();
    let declares = Rule { declare: Some(Severity::Sev1), ..Rule::new("declare", When::parse("instance=nameless").expect("reads")) };
    house.act(Act::Home(HomeEvent::RulesSet { rules: vec![declares] })).await.expect("a rule");
    // A group without a title, of which a rule says that it is an incident, which needs one.
    let nameless = Signal { group_title: String::new(), group_key: "nameless".into(), ..firing("nameless") };
    let (first, spoiled, last) = together(&house, async {
        tokio::join!(biased;
            house.engine.ingest(request(&house, vec![alert("first"), alert("first again")])),
            house.engine.ingest(request(&house, vec![alert("with it"), nameless])),
            house.engine.ingest(request(&house, vec![alert("last")])),
        )
    })
    .await;
    assert_eq!(first.expect("taken in"), Ingested { news: 2, repeats: 0, stale: 0 });
    assert!(matches!(spoiled, Err(Failure::Rejected(_))), "{spoiled:?}");
    assert_eq!(last.expect("taken in"), Ingested { news: 1, repeats: 0, stale: 0 });
    assert_eq!(titles(&house).await, ["first", "first again", "last"], "in the order heard, and nothing of the one that failed");
    assert_eq!(house.ingest(vec![alert("first"), alert("with it")]).await, Ingested { news: 1, repeats: 1, stale: 0 });
    assert_eq!(house.engine.health().not_saving, None, "the disk is not to blame");
    let verified = house.engine.read(|reader| reader.verify(None)).await.expect("read");
    assert!(verified.ok, "{:?}", verified.first_bad);
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_comes_before_what_machines_sent_earlier() {
    let house = House::open();
    let (sent, declared) = together(&house, async {
        let flood = (0..40).map(|number| house.engine.ingest(request(&house, vec![alert(&format!("alert {number}"))])));
        let flood = flood.collect::<Vec<_>>();
        tokio::join!(biased; all(flood), house.declare(Severity::Sev2))
    })
    .await;
    assert_eq!(sent, 40);
    let events = house.engine.read(move |reader| reader.incident_events(declared)).await.expect("events");
    let opened = house.engine.read(|reader| reader.seq()).await.expect("read");
    assert!(events[0].seq < 10 && opened > 40, "declared as event {}, though forty requests waited", events[0].seq);
    house.engine.stop().await;
}

/// Polls all of them, in order, until each is done; answers how many were taken in.
async fn all(work: Vec<impl Future<Output = Result<Ingested, Failure>>>) -> usize {
    let mut work: Vec<_> = work.into_iter().map(Box::pin).collect();
    let mut taken = 0;
    std::future::poll_fn(|context| {
        work.retain_mut(|one| match one.as_mut().poll(context) {
            std::task::Poll::Ready(done) => {
                taken += usize::from(done.is_ok());
                false
            }
            std::task::Poll::Pending => true,
        });
        if work.is_empty() { std::task::Poll::Ready(taken) } else { std::task::Poll::Pending }
    })
    .await
}
