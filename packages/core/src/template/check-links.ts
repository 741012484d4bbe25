import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { TemplateNode } from "./template-node.js";

/** Stands for a value in the outline of a template; a private-use character that text of a template cannot be trusted to lack. */
const mark = "\uE000";

/** Something about links or markup that escaping cannot make safe. */
export interface LinkProblem {
  readonly code: Extract<DiagnosticCode, "URL_SCHEME" | "UNESCAPED_OUTPUT">;
  /** The scheme, or the field. */
  readonly name: string;
}

const scheme = /(?:javascript|vbscript|livescript)[ ]*:|data[ ]*:[ ]*(?:(?:text|image|application|audio|video|font|multipart|message|model|x-[a-z0-9-]+)\/|[;,])/i;
const linkAttribute = /[\s"'/\uE000](href|src|srcset|action|formaction|xlink:href|background|poster|cite|longdesc|ping|data)\s*=\s*(?:"([^"]*)|'([^']*)|([^\s>"']*))/gi;
const allowedLink = /^\s*(?:https?:\/\/|mailto:|tel:|sms:|cid:|#|\/(?!\/)|$)/i;
const styleLink = /url\(\s*["']?\s*\uE000/i;

/**
 * Looks through the literal text of a template for links that run code, for links whose scheme a value decides, and in
 * HTML for values where escaping does not protect: unquoted attributes, tag and attribute names, event handlers,
 * scripts, styles, comments. Branches are read three ways: all in order, only the first, only the `else`.
 */
export function checkLinks(nodes: readonly TemplateNode[], escape: "plain" | "line" | "html" | undefined): LinkProblem[] {
  const problems = new Map<string, LinkProblem>();
  const add = (problem: LinkProblem): void => void problems.set(`${problem.code} ${problem.name}`, problem);
  for (const branches of ["all", "then", "otherwise"] as const) {
    const outline = outlineOf(nodes, branches);
    const decoded = decode(outline.text);
    // A browser drops line breaks and tabs inside a scheme.
    const found = scheme.exec(decoded.replace(/[\t\r\n]+/g, ""));
    if (found !== null) add({ code: "URL_SCHEME", name: (found[0].split(":")[0] ?? "").trim().toLowerCase() + ":" });
    const isMarkup = escape === "html" || (escape === undefined && /<[a-z!/][^<>]*>/i.test(outline.text));
    if (!isMarkup) continue;
    for (const match of decoded.matchAll(linkAttribute)) {
      const value = match[2] ?? match[3] ?? match[4] ?? "";
      const links = match[1]?.toLowerCase() === "srcset" ? value.split(",") : [value];
      for (const link of links) if (!allowedLink.test(link)) add({ code: "URL_SCHEME", name: readable(link) });
    }
    if (styleLink.test(decoded)) add({ code: "URL_SCHEME", name: "url(…)" });
    for (const field of unprotected(outline)) add({ code: "UNESCAPED_OUTPUT", name: field });
  }
  return [...problems.values()];
}

interface Outline {
  /** Literal text with a mark for every value. */
  readonly text: string;
  /** Names of the values, in order of their marks. */
  readonly names: readonly string[];
}

function outlineOf(nodes: readonly TemplateNode[], branches: "all" | "then" | "otherwise"): Outline {
  const names: string[] = [];
  const text = (list: readonly TemplateNode[]): string =>
    list
      .map((node) => {
        if (node.kind === "text") return node.text.replaceAll(mark, "");
        if (node.kind === "output") {
          names.push(node.read.name);
          return mark;
        }
        const [first, second] = node.kind === "if" ? [node.then, node.otherwise] : [node.body, node.otherwise];
        return (branches === "otherwise" ? "" : text(first)) + (branches === "then" ? "" : text(second));
      })
      .join("");
  return { text: text(nodes), names };
}

/** What a browser makes of entities, less the invisible characters it ignores inside a scheme. */
function decode(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,8});?|&#([0-9]{1,8});?/gi, (_all, hex: string | undefined, decimal: string | undefined) => {
      const code = hex !== undefined ? parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : "";
    })
    .replace(/&colon;/gi, ":")
    .replace(/&(?:tab|newline|shy|zwj|zwnj|ZeroWidthSpace);/gi, "")
    .replace(/\p{Cf}|[\u0000-\u0008\u000B\u000C\u000E-\u001F]/gu, "");
}

function readable(link: string): string {
  return link.trim().slice(0, 40).replaceAll(mark, "{{…}}");
}

/** Names of values that stand where HTML escaping does not protect. */
function unprotected({ text, names }: Outline): string[] {
  const found: string[] = [];
  let value = 0;
  let state: "text" | "tag" | "quoted" | "comment" | "raw" = "text";
  let quote = "";
  let rawEnd = "";
  let tagStart = 0;
  let attribute = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? "";
    if (c === mark) {
      const name = names[value++] ?? "";
      const isHandler = state === "quoted" && /^(?:on[a-z]+|style|srcdoc)$/i.test(attribute);
      if (state === "tag" || state === "comment" || state === "raw" || isHandler) found.push(name);
    } else if (state === "text") {
      if (c !== "<") continue;
      if (text.startsWith("<!--", i)) state = "comment";
      else if (/[a-z/!?]/i.test(text[i + 1] ?? "")) {
        state = "tag";
        tagStart = i;
        attribute = "";
      }
    } else if (state === "comment") {
      if (text.startsWith("-->", i)) state = "text";
    } else if (state === "raw") {
      if (c === "<" && text.slice(i, i + rawEnd.length).toLowerCase() === rawEnd) {
        state = "tag";
        tagStart = i;
      }
    } else if (state === "quoted") {
      if (c === quote) state = "tag";
    } else if (c === '"' || c === "'") {
      attribute = /([^\s"'=<>/]+)\s*=\s*$/.exec(text.slice(Math.max(tagStart, i - 100), i))?.[1] ?? "";
      quote = c;
      state = "quoted";
    } else if (c === ">") {
      const element = /^<(script|style|iframe|noscript|noembed|xmp|plaintext|template)\b/i.exec(text.slice(tagStart, tagStart + 12))?.[1];
      state = element === undefined ? "text" : "raw";
      rawEnd = `</${element?.toLowerCase() ?? ""}`;
    }
  }
  return found;
}
