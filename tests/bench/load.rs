//! A small HTTP/1.1 load: so many connections, each sending its requests one after the other.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends `requests`, shared out over `connections`, and answers how long all of it took. Any answer but 2xx fails.
pub async fn run(address: SocketAddr, connections: usize, requests: Vec<Vec<u8>>) -> Result<Duration> {
    let requests = Arc::new(requests);
    let mut open = vec![];
    for _ in 0..connections {
        let stream = TcpStream::connect(address).await.context("connect")?;
        stream.set_nodelay(true)?;
        open.push(stream);
    }
    let begun = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for (number, mut stream) in open.into_iter().enumerate() {
        let requests = requests.clone();
        tasks.spawn(async move {
            let mut answer = Vec::with_capacity(4096);
            for request in requests.iter().skip(number).step_by(connections) {
                stream.write_all(request).await?;
                read_answer(&mut stream, &mut answer).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(begun.elapsed())
}

/// A POST of `body` as bytes on the wire.
pub fn post(path: &str, token: Option<&str>, body: &str) -> Vec<u8> {
    let bearer = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{bearer}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

async fn read_answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<()> {
    buffer.clear();
    let head = loop {
        if stream.read_buf(buffer).await? == 0 {
            bail!("the connection was closed");
        }
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = String::from_utf8_lossy(&buffer[..head]).to_lowercase();
    if !text.starts_with("http/1.1 2") {
        bail!("answered {:?}", String::from_utf8_lossy(buffer));
    }
    let length =
        text.lines().find_map(|line| line.strip_prefix("content-length:")).map_or(Ok(0), |length| length.trim().parse::<usize>())?;
    while buffer.len() < head + length {
        if stream.read_buf(buffer).await? == 0 {
            bail!("the answer was cut short");
        }
    }
    Ok(())
}
