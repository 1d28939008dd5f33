//! The real poster against servers on this machine that answer, stall and break as the real ones do.

mod pagerduty;
mod posts;
mod servers;
