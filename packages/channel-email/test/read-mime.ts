/** A message as it came over the wire. Header names in lower case, values unfolded. */
export interface ReadMime {
  readonly headers: ReadonlyMap<string, string>;
  /** Header lines as they were, folding included. */
  readonly headerLines: readonly string[];
  /** Decoded bodies by media type. */
  readonly bodies: Readonly<Record<string, string>>;
}

/** Reads a message far enough for tests: headers, one level of multipart, base64 and quoted-printable. */
export function readMime(raw: string): ReadMime {
  const end = raw.indexOf("\r\n\r\n");
  const head = raw.slice(0, end);
  const body = raw.slice(end + 4);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    if (headers.has(name)) throw new Error(`the header ${name} is there twice`);
    headers.set(name, line.slice(colon + 1).trim());
  }
  const type = headers.get("content-type") ?? "text/plain";
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary === undefined) return { headers, headerLines: head.split("\r\n"), bodies: { [media(type)]: decode(body, headers.get("content-transfer-encoding") ?? "7bit") } };
  const parts = body.split(`--${boundary}`).slice(1, -1).map((part) => readMime(part.replace(/^\r\n/, "")));
  return { headers, headerLines: head.split("\r\n"), bodies: Object.assign({}, ...parts.map((part) => part.bodies)) as Record<string, string> };
}

function media(type: string): string {
  return type.split(";")[0]?.trim() ?? "";
}

function decode(body: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Decodes encoded words (RFC 2047), as in a subject. */
export function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/(?:=\?UTF-8\?([QB])\?([^?]*)\?=)/gi, (_all, kind: string, text: string) =>
      kind.toUpperCase() === "B" ? `\u0001${Buffer.from(text, "base64").toString("latin1")}` : `\u0001${text.replaceAll("_", " ").replace(/=([0-9A-F]{2})/g, (_hex, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))}`)
    .replace(/\u0001+([^\u0001]*)/g, (_all, latin: string) => latin)
    .replace(/[\u0080-\u00ff]+/g, (latin) => Buffer.from(latin, "latin1").toString("utf8"));
}
