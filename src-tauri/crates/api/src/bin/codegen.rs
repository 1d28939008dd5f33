//! Writes the TypeScript bindings to the file named, or to standard output.

fn main() -> std::io::Result<()> {
    match std::env::args_os().nth(1) {
        Some(path) => std::fs::write(path, api::typescript()),
        None => std::io::Write::write_all(&mut std::io::stdout(), api::typescript().as_bytes()),
    }
}
