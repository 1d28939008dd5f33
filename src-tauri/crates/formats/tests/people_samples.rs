//! One team told in each list, and lists that are none.

use domain::Role;
use formats::people::{FoundPerson, PEOPLE_LIMIT, People, csv, pagerduty, read, vcard};
use proptest::prelude::*;

fn sample(name: &str) -> String {
    let file = format!("{}/../../../tests/fixtures/people/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn handles(people: &People) -> Vec<&str> {
    people.people.iter().map(|person| person.handle.as_deref().expect("everybody has a handle")).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn ravi(line: usize) -> FoundPerson {
    FoundPerson {
        name: some("Ravi Menon"),
        zone: some("Europe/Berlin"),
        phone: some("+49 151 0000 0001"),
        mail: some("ravi.menon@shop.example"),
        line,
        ..FoundPerson::default()
    }
}

#[test]
fn a_table() {
    let people = csv(&sample("team.csv"));
    assert_eq!(handles(&people), ["ravi.menon", "mei", "jo"]);
    let expected = FoundPerson {
        handle: some("ravi.menon"),
        roles: vec![Role::Commander, Role::Operations],
        shift: some("mon-fri 09:00-17:00"),
        chat: some("@ravi"),
        ..ravi(2)
    };
    assert_eq!(people.people[0], expected);
    assert_eq!(people.people[1].name, some("Mei Tan"), "the family name stood first");
    assert_eq!(people.people[2].zone, some("America/New_York"));
    assert_eq!(
        people.notes,
        [
            "Not used: Team.",
            "Line 4: “wizard” is no role that Muster knows; left out.",
            "Line 4: “weekdays” is no shift such as mon-fri 09:00-17:00; left out.",
            "Line 5: no name or handle; left out.",
        ]
    );
    assert_eq!(read(&format!("\u{FEFF}{}", sample("team.csv")), Some("team.csv")), people, "with a mark of its encoding");
}

#[test]
fn tables_in_other_spellings() {
    for (text, handle, name, phone) in [
        ("name\nRavi Menon\n", "ravi.menon", some("Ravi Menon"), None),
        ("First Name,Last Name,Phone 1 - Value\nRavi,Menon,+49 1\n", "ravi.menon", some("Ravi Menon"), some("+49 1")),
        ("handle\tphone\tmobile\n@ravi\t+49 30\t+49 151\n", "ravi", None, some("+49 151")),
        ("\n\nEMAIL\nravi+oncall@a.example\n", "ravi", None, None),
        ("Name;Notes\n\"Ravi; or\"\" Menon\";x\n", "ravi.or.menon", some("Ravi; or\" Menon"), None),
    ] {
        let people = csv(text);
        assert_eq!(people.people.len(), 1, "{text:?}: {:?}", people.notes);
        let person = &people.people[0];
        assert_eq!((person.handle.as_deref(), &person.name, &person.phone), (Some(handle), &name, &phone), "{text:?}");
    }
}

#[test]
fn a_table_without_a_header_says_what_is_expected() {
    for text in ["", "Ravi Menon,+49 151\n", "\u{0}\u{1}", "just words"] {
        let people = csv(text);
        assert!(people.people.is_empty());
        assert!(people.notes[0].contains("name,handle,phone,email,time zone,role,shift"), "{text:?}: {:?}", people.notes);
    }
}

#[test]
fn cards_of_two_versions() {
    let people = read(&sample("team.vcf"), None);
    assert_eq!(people, vcard(&sample("team.vcf")));
    let expected = FoundPerson { handle: some("ravi"), roles: vec![Role::Commander], ..ravi(1) };
    assert_eq!(people.people[0], expected, "the phone in the hand, the folded address, the title that is a role");
    let mei = FoundPerson {
        handle: some("mei"),
        name: some("Mei Tan"),
        roles: vec![Role::Operations],
        phone: some("+65-8000-0002"),
        mail: some("mei@shop.example"),
        chat: some("mei@chat.example"),
        line: 13,
        ..FoundPerson::default()
    };
    assert_eq!(people.people[1], mei);
    assert_eq!(people.notes, ["Line 13: “+0800” is no time zone such as Europe/Berlin; left out."]);
}

#[test]
fn a_card_of_an_old_phone() {
    let people = vcard(&sample("phone-2.1.vcf"));
    assert_eq!(people.people[0].name, some("Jörg Müller"), "quoted-printable across a soft break");
    assert_eq!((people.people[0].handle.clone(), people.people[0].phone.clone()), (some("jörg.müller"), some("+49 151 0000 0009")));
    let latin = "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:J=F6rg\nBEGIN:VCARD\nFN:No end\\, no trouble\n";
    let people = vcard(latin);
    assert_eq!(people.people.iter().map(|person| person.name.clone()).collect::<Vec<_>>(), [some("Jörg"), some("No end, no trouble")]);
    assert_eq!(vcard("BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n").notes, ["Line 1: no name or handle; left out."]);
    assert!(vcard("hello").notes[0].starts_with("No card was found."));
}

#[test]
fn a_pagerduty_account() {
    let people = pagerduty(&sample("pagerduty-users.json"), Some(&sample("pagerduty-oncalls.json")));
    assert_eq!(handles(&people), ["mei", "ravi.menon", "jo"], "who is on call comes first");
    assert_eq!(people.people[1], FoundPerson { handle: some("ravi.menon"), phone: some("+49 1510000001"), ..ravi(1) });
    assert_eq!((people.people[2].zone.clone(), people.people[2].phone.clone()), (some("America/New_York"), some("+1 5550100003")));
    assert_eq!(
        people.notes,
        [
            "PagerDuty has more people than this answer holds. Import the next page too (offset).",
            "PagerDuty gave no phone numbers for 1 of these people. Ask for GET /users?include[]=contact_methods.",
            "On call by PagerDuty: Mei Tan, level 1 of Checkout primary.",
            "On call by PagerDuty: Ana Ruiz, level 2; not among these people.",
            "Line 3: “Atlantis” is no time zone such as Europe/Berlin; left out.",
        ]
    );
    assert_eq!(read(&sample("pagerduty-users.json"), None).people.len(), 3);
    for text in ["", "{}", "{\"users\": 3}", "nonsense", "{\"users\": [1, null, {}]}"] {
        let people = pagerduty(text, None);
        assert!(people.people.is_empty() && !people.notes.is_empty(), "{text:?}");
    }
}

#[test]
fn a_list_without_end_is_cut_and_said() {
    let many = format!("name\n{}", "Ravi Menon\n".repeat(PEOPLE_LIMIT + 1));
    let people = csv(&many);
    assert_eq!(people.people.len(), PEOPLE_LIMIT);
    assert!(people.notes.last().is_some_and(|note| note.contains("1 were not")), "{:?}", people.notes);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn no_list_panics_and_each_handle_is_one_persons(text in any::<String>(), rows in proptest::collection::vec("[^\u{0}]{0,12}", 0..12), head in 0..4_usize) {
        let head = ["", "name,mail,phone\n", "BEGIN:VCARD\nFN:", "{\"users\":["][head];
        let joined = format!("{head}{}", rows.join([",", "\n", "\nTEL;TYPE=cell:", "]"][rows.len() % 4]));
        for text in [&text, &joined] {
            for people in [csv(text), vcard(text), pagerduty(text, Some(text)), read(text, None)] {
                let handles: std::collections::HashSet<_> = people.people.iter().map(|person| person.handle.clone()).collect();
                prop_assert_eq!(handles.len(), people.people.len());
                prop_assert!(people.people.iter().all(|person| person.handle.as_deref().is_some_and(|handle| domain::short_name(handle).as_deref() == Some(handle))));
            }
        }
    }
}
