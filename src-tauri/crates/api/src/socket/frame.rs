//! One message is four bytes of length, big end first, and that many bytes of JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, ErrorKind};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Longest message: the longest page (100 entries of 64 KiB) with room for escapes. A longer one is a mistake or an attack.
pub(super) const FRAME_LIMIT: usize = 16 * 1024 * 1024;
/// Longest greeting: two numbers and a sentence.
pub(super) const GREETING_LIMIT: usize = 16 * 1024;

/// A message that does not fit into [`FRAME_LIMIT`].
#[derive(Debug)]
pub(super) struct TooLong;

/// The bytes of a message.
pub(super) fn encode(message: &impl Serialize) -> Result<Vec<u8>, TooLong> {
    let mut bytes = vec![0; 4];
    serde_json::to_writer(&mut bytes, message).map_err(|_| TooLong)?;
    let length = bytes.len() - 4;
    if length > FRAME_LIMIT {
        return Err(TooLong);
    }
    bytes[..4].copy_from_slice(&(length as u32).to_be_bytes());
    Ok(bytes)
}

/// Writes a message that was encoded.
pub(super) async fn write(to: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> io::Result<()> {
    to.write_all(bytes).await?;
    to.flush().await
}

/// Reads one message of at most `limit` bytes; `None` where the other end is done.
pub(super) async fn read<T: DeserializeOwned>(from: &mut (impl AsyncRead + Unpin), limit: usize) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length).await {
        Err(end) if end.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        result => result?,
    };
    let length = u32::from_be_bytes(length) as usize;
    if length > limit {
        return Err(io::Error::new(ErrorKind::InvalidData, format!("a message of {length} bytes; {limit} fit")));
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).await?;
    serde_json::from_slice(&bytes).map(Some).map_err(|fault| {
        // Where, but not what: the words of a message have no place in a log.
        let why = format!("a message that is not understood at line {} column {}", fault.line(), fault.column());
        io::Error::new(ErrorKind::InvalidData, why)
    })
}
