//! Whole homes: the real program with real peers on the wire, killed, starved and lied to; and the shape of the house itself.

mod architecture;
mod bad_days;
mod clients;
mod command;
mod kill;
mod power;
mod senders;
mod slack;
mod storm;
