//! The report page: a form, a reference, and how the report stands.

use crate::client::{Answer, ask, post, request};
use crate::ledger::{Fake, token_of};
use domain::home::SourceKind::{Json, Report};
use intake::{IngestFailure, Standing};

fn page() -> String {
    format!("/report/{}", token_of(Report))
}

fn form(fields: &str) -> String {
    request("POST", &page(), &["Content-Type: application/x-www-form-urlencoded"], fields)
}

/// What every page must carry.
fn guarded(answer: &Answer) {
    let policy = answer.header("content-security-policy").unwrap_or_default();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("script") && !policy.contains("unsafe"), "{answer:?}");
    assert_eq!((answer.header("x-content-type-options"), answer.header("cache-control")), (Some("nosniff"), Some("no-store")));
    assert!(!answer.body.contains("<script") && !answer.body.contains("style="), "{answer:?}");
}

#[tokio::test]
async fn the_page_is_a_plain_form() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let answer = ask(listener.address(), request("GET", &page(), &[], "")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html; charset=utf-8")));
    guarded(&answer);
    assert!(answer.body.contains("width=device-width") && answer.body.contains("What is wrong?"), "{answer:?}");
    let style = ask(listener.address(), request("GET", "/report/style.css", &[], "")).await;
    assert!(style.body.contains("prefers-color-scheme: dark"), "{style:?}");
    for other in ["/report/wrong".to_owned(), format!("/report/{}", token_of(Json))] {
        let answer = ask(listener.address(), request("GET", &other, &[], "")).await;
        assert_eq!((answer.status, answer.body.contains("opens nothing")), (401, true), "{other}");
    }
}

#[tokio::test]
async fn a_report_is_an_alert_and_has_a_page_of_its_own() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let answer = ask(listener.address(), form("what=Checkout+fails&service=checkout&minutes=15&name=Ana&contact=&website=")).await;
    let signal = ledger.of(Report)[0].signals[0].clone();
    assert_eq!((answer.status, answer.header("location")), (303, Some(format!("{}/{}", page(), signal.key).as_str())));
    assert_eq!((signal.title.as_str(), signal.annotations["reported_by"].as_str()), ("Checkout fails", "Ana"));
    for (standing, words) in [
        (Standing::Received, "Nobody has looked"),
        (Standing::Looked, "is looking"),
        (Standing::InIncident, "working on"),
        (Standing::Over, "over"),
    ] {
        ledger.standings.lock().unwrap().insert(signal.key.clone(), standing);
        let answer = ask(listener.address(), request("GET", &format!("{}/{}", page(), signal.key), &[], "")).await;
        assert_eq!(answer.status, 200);
        guarded(&answer);
        assert!(answer.body.contains(words) && answer.body.contains(&signal.key), "{standing:?}: {answer:?}");
        assert!(!answer.body.contains("Ana") && !answer.body.contains("Checkout"), "no name and no title");
    }
    let answer = ask(listener.address(), request("GET", &format!("{}/R-ZZZZZZ", page()), &[], "")).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn what_was_typed_is_not_lost() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let answer = ask(listener.address(), form("what=+&name=%3Cb%3EAna")).await;
    assert_eq!(answer.status, 400);
    guarded(&answer);
    assert!(answer.body.contains("role=\"alert\"") && answer.body.contains("&lt;b&gt;Ana"), "{answer:?}");
    ledger.fail(IngestFailure::NotSaved("The disk is full.".into()));
    let answer = ask(listener.address(), form("what=Slow")).await;
    assert_eq!((answer.status, answer.body.contains("disk")), (503, false), "our troubles are not theirs");
    assert_eq!(ledger.of(Report).len(), 0);
}

fn multipart(photo: &[u8]) -> Vec<u8> {
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"what\"\r\n\r\nSee photo\r\n--b\r\n\
        Content-Disposition: form-data; name=\"photo\"; filename=\"../../x.png\"\r\nContent-Type: image/svg+xml\r\n\r\n"
        .to_vec();
    body.extend_from_slice(photo);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let mut whole = format!(
        "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
        page(),
        body.len()
    )
    .into_bytes();
    whole.extend_from_slice(&body);
    whole
}

#[tokio::test]
async fn a_photo_is_kept_beside_the_report() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let photo = [b"\x89PNG\r\n\x1a\n".as_slice(), &vec![7; 2 * 1024 * 1024]].concat();
    let answer = ask(listener.address(), multipart(&photo)).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert_eq!(ledger.attached.lock().unwrap().as_slice(), [photo]);
    let signal = ledger.of(Report)[0].signals[0].clone();
    assert_eq!((signal.annotations["photo"].as_str(), signal.annotations["photo_type"].as_str()), ("a hash", "image/png"));

    let answer = ask(listener.address(), multipart(b"<svg onload='x'/>")).await;
    assert_eq!((answer.status, answer.body.contains("no JPEG")), (400, true), "it is what its bytes are");
    let answer = ask(listener.address(), multipart(&vec![0xff; 6 * 1024 * 1024])).await;
    assert_eq!((answer.status, answer.body.contains("larger than 5 MB")), (413, true));
    let answer = ask(listener.address(), multipart(b"")).await;
    assert_eq!(answer.status, 303, "no photo is no fault");
    assert_eq!(ledger.attached.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn spam_is_slowed_down_and_bait_is_not_taken() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let answer = ask(listener.address(), form("what=Buy&website=http%3A%2F%2Fspam.example")).await;
    assert_eq!((answer.status, ledger.of(Report).len()), (303, 0), "it is told nothing and nothing is kept");
    let mut statuses = vec![];
    for _ in 0..11 {
        statuses.push(ask(listener.address(), form("what=Slow")).await.status);
    }
    assert_eq!((statuses[9], statuses[10]), (303, 429), "ten in ten minutes from one address");
    let answer = ask(listener.address(), form("what=Slow")).await;
    assert!(answer.header("retry-after").is_some() && answer.body.contains("Slow"), "what was typed is there to send again");
    ledger.later(10 * 60);
    assert_eq!(ask(listener.address(), form("what=Slow")).await.status, 303);
    let foreign = request("POST", &page(), &["Origin: http://evil.example"], "what=x");
    assert_eq!(ask(listener.address(), foreign).await.status, 421, "another site's page cannot report");
    assert_eq!(ask(listener.address(), post("/report/wrong", "what=x")).await.status, 401);
}
