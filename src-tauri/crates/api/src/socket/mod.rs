//! The same operations over a local socket: how every other process of this user reaches the one that owns the home.
//! Speaks to the same user only and never over a network. It carries requests and answers; it decides nothing.

mod address;
mod client;
mod connection;
mod desk;
mod follower;
mod frame;
mod server;
#[cfg(test)]
mod tests;
mod wire;

pub use address::Address;
pub use client::{ConnectError, Remote};
pub use server::Server;
pub use wire::{OwnerKind, PROTOCOL};
