//! A client that sends the bytes it is given.

use serde_json::Value;
use std::io;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One connection.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// One answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&str| line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        self.head.lines().find(named).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
    }

    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json"), "{self:?}");
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code of an error, which always comes with a sentence and a hint.
    pub fn fault(&self) -> String {
        let error = &self.json()["error"];
        for sentence in ["message", "hint"] {
            assert!(error[sentence].as_str().is_some_and(|text| text.ends_with('.')), "{sentence} is a sentence: {self:?}");
        }
        error["code"].as_str().expect("a code").to_owned()
    }
}

impl Client {
    pub async fn connect(address: SocketAddr) -> Self {
        Self { stream: TcpStream::connect(address).await.expect("the listener takes connections"), buffer: vec![] }
    }

    pub async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.expect("the listener reads");
    }

    /// Writes as far as the other side reads.
    pub async fn try_write(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref()).await
    }

    /// The status of an answer that has no body, whatever length it names.
    pub async fn read_head(&mut self) -> Option<u16> {
        let mut start = [0; 12];
        self.stream.read_exact(&mut start).await.ok()?;
        std::str::from_utf8(&start[9..]).ok()?.parse().ok()
    }

    /// The next answer; `None` where the connection was closed instead.
    pub async fn read(&mut self) -> Option<Answer> {
        let end = loop {
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            if matches!(self.stream.read_buf(&mut self.buffer).await, Ok(0) | Err(_)) {
                return None;
            }
        };
        let head = String::from_utf8(self.buffer.drain(..end).collect()).expect("a head is text");
        let mut answer = Answer { status: head[9..12].parse().expect("a status"), head, body: String::new() };
        let length: usize = answer.header("content-length").map_or(0, |length| length.parse().expect("a length"));
        while self.buffer.len() < length {
            assert_ne!(self.stream.read_buf(&mut self.buffer).await.expect("the rest of the answer"), 0, "cut short: {answer:?}");
        }
        answer.body = String::from_utf8(self.buffer.drain(..length).collect()).expect("a body is text");
        Some(answer)
    }

    /// Sends one request and waits for its answer.
    pub async fn ask(&mut self, request: impl AsRef<[u8]>) -> Answer {
        self.write(request).await;
        self.read().await.expect("an answer")
    }
}

/// A request with these further header lines.
pub fn request(method: &str, path: &str, headers: &[&str], body: &str) -> String {
    let mut head = format!("{method} {path} HTTP/1.1\r\n");
    if !headers.iter().any(|line| line.to_lowercase().starts_with("host:")) {
        head += "Host: 127.0.0.1\r\n";
    }
    for line in headers {
        head += line;
        head += "\r\n";
    }
    if !body.is_empty() {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    format!("{head}\r\n{body}")
}

/// A POST without further headers.
pub fn post(path: &str, body: &str) -> String {
    request("POST", path, &[], body)
}

/// Sends one request on a connection of its own.
pub async fn ask(address: SocketAddr, request: impl AsRef<[u8]>) -> Answer {
    Client::connect(address).await.ask(request).await
}
