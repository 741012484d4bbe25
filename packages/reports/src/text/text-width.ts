/** Width of a character as a share of the font size, on the wide side: an estimate that is too small cuts a label. */
function charWidth(code: number): number {
  if (code >= 0x2e80 || (code >= 0x2190 && code <= 0x2bff)) return 1;
  if (code === 0x2014 || code === 0x2026 || code === 0x2212) return code === 0x2212 ? 0.62 : 1;
  const char = String.fromCharCode(code);
  if (" .,:;'|!ijlI[](){}".includes(char)) return 0.32;
  if ("ftr-/\\\"`*".includes(char)) return 0.42;
  if (char >= "0" && char <= "9") return 0.6;
  if ("mwMW@%".includes(char)) return 0.95;
  if (char >= "A" && char <= "Z") return 0.72;
  return 0.6;
}

/**
 * Estimated width in pixels of one line of text in a sans-serif font of the given size. Needs no font files, so the
 * same text is laid out the same on every machine.
 */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const char of text) width += charWidth(char.codePointAt(0) ?? 0);
  return width * fontSize;
}

/** Where a line may end: after a blank, after each ideograph, after joints of long names such as `rule-id` or `a.b`. */
const PIECES = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60][，。、；：！？）》」』】…]*|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]+?(?:[-_/.·]+|(?=[\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60])|$)|\s+/gu;

/**
 * Lines no wider than `maxWidth` pixels. No text is dropped: a piece that is too wide for a line by itself is broken
 * between characters.
 */
export function wrapText(text: string, maxWidth: number, fontSize: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  const push = (): void => {
    const done = line.trimEnd();
    if (done !== "") lines.push(done);
    line = "";
  };
  for (const piece of text.match(PIECES) ?? []) {
    if (line !== "" && textWidth((line + piece).trimEnd(), fontSize) > maxWidth) push();
    if (line === "" && piece.trim() === "") continue;
    if (textWidth(piece, fontSize) <= maxWidth) {
      line += piece;
      continue;
    }
    for (const char of piece) {
      if (line !== "" && textWidth(line + char, fontSize) > maxWidth) push();
      line += char;
    }
  }
  push();
  return lines.length === 0 ? [""] : lines;
}
