/** A start or end tag of a page. */
export interface PageTag {
  readonly name: string;
  readonly end: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

const EMPTY = new Set(["meta", "input", "!doctype"]);

/**
 * All tags of a page, read strictly: every `<` must open a well-formed tag, attributes are quoted (or bare names), and
 * every element is closed in order.
 *
 * @throws Error at the first thing that is not so
 */
export function pageTags(html: string): readonly PageTag[] {
  const tags: PageTag[] = [];
  const open: string[] = [];
  const markup = html.replace(/<style>[^<]*<\/style>/g, "");
  for (let at = markup.indexOf("<"); at >= 0; at = markup.indexOf("<", at + 1)) {
    const tag = /^<(\/?)(!?[A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:-][\w:.-]*(?:="[^"<>]*")?)*)\s*>/.exec(markup.slice(at));
    if (!tag) throw new Error(`not a tag: ${markup.slice(at, at + 80)}`);
    const [, slash = "", name = "", rest = ""] = tag;
    const attributes = new Map([...rest.matchAll(/([\w:.-]+)(?:="([^"]*)")?/g)].map(([, key = "", value = ""]) => [key, value]));
    tags.push({ name, end: slash === "/", attributes });
    if (slash === "/") {
      const expected = open.pop();
      if (expected !== name) throw new Error(`</${name}> closes <${expected ?? ""}>`);
    } else if (!EMPTY.has(name)) {
      open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(" ")}`);
  return tags;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** What a page says: its texts without tags, entities resolved, blanks left out. */
export function pageText(html: string): string {
  return html
    .replace(/<style>[^<]*<\/style>/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? "")
    .replace(/\s/gu, "");
}
