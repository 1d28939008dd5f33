//! Ways out of a home that does not open.
