// Letters that look like a Latin one in common fonts. Full-width forms come from Chinese input methods.
const cyrillic = "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԚԜӏ";
const greek = "αονρυιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
const lookAlike = new RegExp(`[${cyrillic}${greek}\\uFF21-\\uFF3A\\uFF41-\\uFF5A]`, "u");
const latin = /\p{Script=Latin}/u;
const invisible = /[\p{Cf}\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00A0\u3000]/u;
const letterRuns = /\p{L}+/gu;

/**
 * The first character that makes a name look like another, as `U+0435`; `undefined` for an honest name. Dishonest are
 * invisible and bidirectional characters, unassembled accents, look-alikes of Latin letters beside Latin ones, and words
 * made only of look-alikes. Chinese, and Chinese beside Latin, is fine.
 */
export function confusableCharacter(name: string): string | undefined {
  if (isPlain(name)) return undefined;
  const hidden = invisible.exec(name);
  if (hidden !== null) return codePoint(hidden[0]);
  const composed = name.normalize("NFC");
  if (composed !== name) {
    let i = 0;
    while (name[i] === composed[i]) i++;
    return codePoint(String.fromCodePoint(name.codePointAt(i) ?? composed.codePointAt(i) ?? 0));
  }
  const found = lookAlike.exec(name);
  if (found === null) return undefined;
  if (latin.test(name.replace(/[\uFF21-\uFF3A\uFF41-\uFF5A]/gu, ""))) return codePoint(found[0]);
  for (const run of name.match(letterRuns) ?? []) {
    const letters = Array.from(run);
    const first = letters.find((letter) => lookAlike.test(letter));
    if (first !== undefined && letters.every((letter) => lookAlike.test(letter) || !latinised(letter))) return codePoint(first);
  }
  return undefined;
}

/** Printable ASCII looks like nothing else. */
function isPlain(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

/** Letters of the scripts that have look-alikes; an honest Cyrillic or Greek word holds one that is not a look-alike. */
function latinised(letter: string): boolean {
  return /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Latin}]/u.test(letter);
}

function codePoint(character: string): string {
  return "U+" + (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
