//! Where answers go: text for people, JSON for scripts. A reader that goes away ends the command quietly.

use crate::words::{clean, clean_line};
use api::ApiError;
use domain::Severity;
use serde_json::{Value, json};
use std::io::{self, BufWriter, IsTerminal as _, Write as _};

/// How a piece of text looks on a terminal; plain elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paint {
    Plain,
    Strong,
    Faint,
    Red,
    Amber,
    Blue,
}

impl Paint {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Red => "31",
            Self::Amber => "33",
            Self::Blue => "34",
        }
    }

    /// The colour of a severity.
    pub const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Sev1 => Self::Red,
            Severity::Sev2 => Self::Amber,
            Severity::Sev3 => Self::Blue,
            Severity::Sev4 | Severity::Sev5 => Self::Faint,
        }
    }
}

/// One cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    paint: Paint,
}

/// A cell with a look.
pub fn painted(paint: Paint, text: impl AsRef<str>) -> Cell {
    Cell { text: clean_line(text.as_ref()), paint }
}

/// A plain cell.
pub fn cell(text: impl AsRef<str>) -> Cell {
    painted(Paint::Plain, text)
}

/// Standard output, in the form that was asked for.
pub struct Out {
    /// Answers are JSON.
    pub json: bool,
    quiet: bool,
    colour: bool,
    to: BufWriter<io::Stdout>,
}

impl Out {
    /// Output as the flags and the terminal allow.
    pub fn new(json: bool, quiet: bool, no_color: bool) -> Self {
        let colour = !no_color && !json && io::stdout().is_terminal() && wants_colour();
        Self { json, quiet, colour, to: BufWriter::new(io::stdout()) }
    }

    /// Writes what was asked for. Control characters are taken out.
    pub fn line(&mut self, text: impl AsRef<str>) -> io::Result<()> {
        writeln!(self.to, "{}", clean(text.as_ref()))
    }

    /// Writes a heading, with an empty line before all but the first.
    pub fn heading(&mut self, first: bool, text: &str) -> io::Result<()> {
        if !first {
            writeln!(self.to)?;
        }
        let text = self.paint(Paint::Strong, clean_line(text));
        writeln!(self.to, "{text}")
    }

    /// Confirms what was done, unless that is not wanted.
    pub fn done(&mut self, sentence: impl AsRef<str>) -> io::Result<()> {
        if self.quiet { Ok(()) } else { self.line(sentence) }
    }

    /// Writes one JSON value on a line of its own.
    pub fn value(&mut self, value: &Value) -> io::Result<()> {
        writeln!(self.to, "{value}")
    }

    /// Writes a line of a picture made of blocks: light on dark, whatever the terminal's own colours are.
    pub fn picture(&mut self, line: &str) -> io::Result<()> {
        if self.colour { writeln!(self.to, "\u{1b}[97;40m{line}\u{1b}[0m") } else { writeln!(self.to, "{line}") }
    }

    /// Writes a script of our own as it is.
    pub fn script(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    /// Writes rows with aligned columns; the last column is as long as it is.
    pub fn table(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in rows {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let pad = if column + 1 == row.len() { 0 } else { widths[column] - cell.text.chars().count() };
                line.push_str(&self.paint(cell.paint, cell.text.clone()));
                if column + 1 < row.len() && widths[column] > 0 {
                    line.push_str(&" ".repeat(pad + 2));
                }
            }
            writeln!(self.to, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Text in a look, where the terminal shows it.
    pub fn paint(&self, paint: Paint, text: String) -> String {
        if self.colour && paint != Paint::Plain && !text.is_empty() { format!("\u{1b}[{}m{text}\u{1b}[0m", paint.code()) } else { text }
    }

    /// Sees that everything is out.
    pub fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[expect(clippy::disallowed_methods, reason = "the two variables every terminal program honours")]
fn wants_colour() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}

/// Says on standard error why nothing came of it.
pub fn complain(json: bool, error: &ApiError) {
    let text = if json {
        json!({ "error": { "code": error.code, "message": error.message, "hint": error.hint } }).to_string()
    } else {
        clean(&error.hint.as_ref().map_or_else(|| error.message.clone(), |hint| format!("{}\n{hint}", error.message)))
    };
    // Where even this cannot be written, the exit status still says it.
    drop(writeln!(io::stderr(), "{text}"));
}
