//! Honest ears: a cable that is out is one line, and back is back.

use domain::SourceName;
use domain::home::{HomeEvent, SourceKind, SourceSettings};
use domain::notices::{About, NoticeKey};
use engine::Act;
use testkit::{Asked, House, MINUTE};

fn about_hearing(asked: &[Asked]) -> Vec<&str> {
    let shown = asked.iter().filter_map(|asked| match asked {
        Asked::Show(notice, _) => Some(notice),
        Asked::Close(_) => None,
    });
    shown.filter(|notice| notice.about == About::Ears).map(|notice| notice.summary.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pulled_cable_is_one_line_and_not_nine() {
    let house = House::open();
    for number in 0..9 {
        let name = SourceName(format!("source-{number}"));
        house
            .act(Act::Home(HomeEvent::SourceAdded { name: name.clone(), kind: SourceKind::Alertmanager, token_hash: [number; 32] }))
            .await
            .expect("added");
        let settings = SourceSettings { silent_minutes: Some(5), ..SourceSettings::default() };
        house.act(Act::Home(HomeEvent::SourceSet { name, settings })).await.expect("set");
    }
    house.network.pull(true);
    house.fast_forward(MINUTE / 2).await;
    let asked = house.hands.asked(1).await;
    assert_eq!(about_hearing(&asked), ["This machine is cut off since 14:00 UTC"]);
    house.fast_forward(30 * MINUTE).await;
    house.fast_forward(30 * MINUTE).await;
    assert!(house.engine.home().silent.is_empty(), "no source is accused of what the machine cannot hear");
    house.network.pull(false);
    house.fast_forward(MINUTE / 2).await;
    let asked = house.hands.asked(2).await;
    assert_eq!(asked[1], Asked::Close(NoticeKey::Ears), "back is back");
    assert_eq!(house.engine.home().cut_off, None);
    house.engine.stop().await;
}
