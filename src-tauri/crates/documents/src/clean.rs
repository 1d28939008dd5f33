//! Recorded words made fit to leave: no control characters, no tricks with the direction of writing, and no more of them
//! than there is room for.

/// Characters of a word that is long but still a word; what has fewer spaces than that is cut by length.
const WORD: usize = 10;

/// `text` on one line: white space becomes single spaces.
pub fn line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_trick(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` line by line; empty lines between paragraphs stay.
pub fn lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let lines = text.trim().lines().map(|line| line.chars().filter(|c| *c == '\t' || !is_trick(*c)).collect::<String>());
    let mut out: Vec<String> = vec![];
    for line in lines.map(|line| line.trim_end().to_owned()) {
        if !line.is_empty() || out.last().is_some_and(|last| !last.is_empty()) {
            out.push(line);
        }
    }
    out
}

/// `text` on one line with at most `words` words: whole sentences where one fits, else a mark that it goes on.
pub fn clip(text: &str, words: usize) -> String {
    let text = line(text);
    let fits = |part: &str| part.split(' ').count() <= words && part.chars().count() <= words * WORD;
    if fits(&text) {
        return text;
    }
    let mut kept = String::new();
    for sentence in sentences(&text) {
        let longer = if kept.is_empty() { sentence.to_owned() } else { format!("{kept} {sentence}") };
        if !fits(&longer) {
            break;
        }
        kept = longer;
    }
    if kept.is_empty() {
        let some = text.split(' ').take(words).collect::<Vec<_>>().join(" ");
        kept = some.chars().take(words * WORD).collect();
        return format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '-']));
    }
    format!("{kept} …")
}

/// `text` with at most `words` words and two more, then `rest`: recorded words may grow when they are made harmless or said
/// aloud, but not out of their room.
pub fn capped(text: &str, words: usize, rest: &str) -> String {
    let starts = |(at, c): &(usize, char)| !c.is_whitespace() && !text[..*at].ends_with(|before: char| !before.is_whitespace());
    match text.char_indices().filter(starts).nth(words + 2) {
        Some((at, _)) => format!("{}{rest}", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// The sentences of one line; joined by single spaces they are the line.
pub fn sentences(line: &str) -> Vec<&str> {
    let mut out = vec![];
    let mut from = 0;
    for (at, _) in line.match_indices(' ') {
        if line[from..at].ends_with(['.', '?', '!', '。']) {
            out.push(&line[from..at]);
            from = at + 1;
        }
    }
    if from < line.len() {
        out.push(&line[from..]);
    }
    out
}

/// Control characters, and marks that turn the direction of writing or hide in the text.
fn is_trick(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_what_plays_tricks_and_nothing_else() {
        assert_eq!(line("  pay\u{202e}ments\tare\r\n down\u{7} "), "payments are down");
        assert_eq!(lines("one\r\n\r\n\r\ntwo \n"), ["one", "", "two"]);
    }

    #[test]
    fn a_clipped_text_ends_with_a_sentence_where_one_fits() {
        assert_eq!(clip("One two. Three four.", 4), "One two. Three four.");
        assert_eq!(clip("One two. Three four.", 3), "One two. …");
        assert_eq!(clip("One two, three four", 2), "One two…");
        assert_eq!(capped("one two three four", 1, "…"), "one two three…");
        assert_eq!(capped("one two three ", 1, "…"), "one two three ");
        assert_eq!(clip(&"x".repeat(500), 3).chars().count(), 31, "a word without end is cut by length");
    }
}
