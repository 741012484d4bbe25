/**
 * Characters that change how *other* characters are shown, or cannot be shown at all: C0 and C1 controls, marks and
 * overrides of writing direction, line and paragraph separators, tags, the byte order mark, soft hyphen and blanks
 * without width. Joiners (U+200C, U+200D) stay: Persian, Indic scripts and emoji need them.
 */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Half of a surrogate pair; with the `u` flag a whole pair is one character and does not match. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** The mark that stands for a character which must not act, e.g. `⟨U+202E⟩`. */
function mark(char: string): string {
  return `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/**
 * One line of text in which every character is what it looks like.
 *
 * Blanks and line breaks become one space each; characters that would act on their neighbours (a right-to-left
 * override turns `gnp.exe` into `exe.png`) are named instead: `⟨U+202E⟩`. Halves of surrogate pairs become U+FFFD.
 *
 * @example
 * visibleText("a\tb\u202Ec"); // "a b⟨U+202E⟩c"
 */
export function visibleText(text: string): string {
  return text.replace(/[\t\n\r]+/g, " ").replace(HIDDEN, mark).replace(LONE_SURROGATE, "\ufffd");
}
