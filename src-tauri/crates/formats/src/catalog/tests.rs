//! Catalogues by example.

use super::*;

const OWN: &str = "\
services:
  - name: checkout
    title: Checkout
    owner: \"@dana\"
    team: Shop
    depends_on: [payments, db]
    link: https://wiki.example/checkout
  - name: payments
    depends_on: db
";

const BACKSTAGE: &str = "\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
  title: Checkout
  annotations:
    github.com/project-slug: shop/checkout
  links:
    - url: https://wiki.example/checkout
      title: Runbook
spec:
  type: service
  lifecycle: production
  owner: user:default/dana
  dependsOn:
    - component:default/payments
    - resource:db
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: db}
spec: {type: database, owner: group:platform}
---
kind: Group
metadata: {name: platform}
---
";

fn service(found: &Services, name: &str) -> ServiceCard {
    found.services.get(&ServiceName(name.into())).cloned().unwrap_or_else(|| panic!("{name} of {found:?}"))
}

fn below(card: &ServiceCard) -> Vec<&str> {
    card.depends_on.iter().map(ServiceName::as_str).collect()
}

#[test]
fn our_own_form_reads_whole() {
    let found = read(OWN).expect("reads");
    assert_eq!(found.notes, Vec::<String>::new());
    let checkout = service(&found, "checkout");
    assert_eq!((checkout.title.as_deref(), checkout.team.as_deref()), (Some("Checkout"), Some("Shop")));
    assert_eq!((checkout.owner.as_ref().map(Handle::as_str), below(&checkout)), (Some("dana"), vec!["db", "payments"]));
    assert_eq!(checkout.link.as_deref(), Some("https://wiki.example/checkout"));
    assert_eq!(below(&service(&found, "payments")), ["db"], "one alone needs no list");
}

#[test]
fn backstage_entities_are_services_and_groups_are_not() {
    let found = read(BACKSTAGE).expect("reads");
    let checkout = service(&found, "checkout");
    assert_eq!((checkout.owner.as_ref().map(Handle::as_str), checkout.team.as_deref()), (Some("dana"), None));
    assert_eq!((below(&checkout), checkout.link.as_deref()), (vec!["db", "payments"], Some("https://wiki.example/checkout")));
    assert_eq!(service(&found, "db").team.as_deref(), Some("platform"), "an owner that is no user is a team");
    assert_eq!(found.notes, ["Line 24: an entity of kind \"Group\" is no service."]);
}

#[test]
fn an_entry_that_cannot_be_used_costs_no_other() {
    let text = "services:\n  - title: nameless\n  - name: ///\n  - {name: a, depends_on: [a], owner: '!', link: 'ftp://x', colour: red}\n  - name: b\n";
    let found = read(text).expect("reads");
    assert_eq!(found.services.keys().map(ServiceName::as_str).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(service(&found, "a"), ServiceCard::default(), "what could not be used of it was left out");
    let notes = found.notes.join("\n");
    for said in
        ["Line 2: a service without a name", "\"///\" cannot name", "a cannot rest on itself", "\"!\" is no name", "ftp://x", "colour"]
    {
        assert!(notes.contains(said), "{said:?} in {notes}");
    }
}

#[test]
fn what_is_no_catalogue_says_so() {
    assert_eq!(read("").expect("reads").notes, ["The file holds no services."]);
    assert_eq!(read("a: b").expect("reads").notes, ["Line 1: neither `services:` of our own nor a `kind:` of Backstage."]);
    assert!(read("services: [").is_err());
}

#[test]
fn the_later_of_two_is_taken_and_said() {
    let found = read("services:\n  - {name: a, title: One}\n  - {name: a, title: Two}\n").expect("reads");
    assert_eq!(service(&found, "a").title.as_deref(), Some("Two"));
    assert_eq!(found.notes, ["Line 3: a stands there twice; the later one was taken."]);
}

#[test]
fn limits_are_said() {
    let many: Vec<String> = (0..=DEPENDENCIES_LIMIT).map(|n| format!("s{n}")).collect();
    let found = read(&format!("services:\n  - {{name: a, title: {}, depends_on: [{}]}}\n", "x".repeat(CARD_LIMIT + 1), many.join(", ")));
    let found = found.expect("reads");
    assert_eq!(service(&found, "a").depends_on.len(), DEPENDENCIES_LIMIT);
    assert_eq!((service(&found, "a").title, found.notes.len()), (None, 2));
    let noisy: String = (0..NOTES_LIMIT + 5).map(|_| "  - x: y\n").collect();
    assert_eq!(read(&format!("services:\n{noisy}")).expect("reads").notes.len(), NOTES_LIMIT);
}
