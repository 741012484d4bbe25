import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml } from "../src/text/escape-html.js";
import { textWidth, wrapText } from "../src/text/text-width.js";
import { visibleText } from "../src/text/visible-text.js";
import { hostileTexts } from "./hostile-report.js";

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.constantFrom(...hostileTexts));

describe("visibleText", () => {
  it.each([
    ["plain 中文 عربي", "plain 中文 عربي"],
    ["a\tb\r\nc", "a b c"],
    ["\u202Egnp.exe", "⟨U+202E⟩gnp.exe"],
    ["a\u0000b\u001bc\u009b", "a⟨U+0000⟩b⟨U+001B⟩c⟨U+009B⟩"],
    ["x\u200By\uFEFF", "x⟨U+200B⟩y⟨U+FEFF⟩"],
    ["\u{E0041}", "⟨U+E0041⟩"],
    ["👨‍👩‍👧", "👨‍👩‍👧"],
    ["\ud800x", "\ufffdx"],
  ])("%j", (text, shown) => expect(visibleText(text)).toBe(shown));

  it("leaves no character that acts on its neighbours, and is stable", () => {
    fc.assert(fc.property(anyText, (text) => {
      const shown = visibleText(text);
      expect(shown).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u);
      expect(() => encodeURIComponent(shown)).not.toThrow();
      expect(visibleText(shown)).toBe(shown);
    }));
  });
});

describe("escapeHtml", () => {
  it("keeps the text and leaves nothing that could be markup", () => {
    const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
    fc.assert(fc.property(anyText, (text) => {
      const html = escapeHtml(text);
      expect(html).not.toMatch(/[<>"']/);
      expect(html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? "")).toBe(visibleText(text));
    }));
  });
});

describe("wrapText", () => {
  it.each([
    ["Term deposit matures", 90, ["Term deposit", "matures"]],
    ["定期存款到期提醒", 60, ["定期存款", "到期提醒"]],
    ["贷款到期，提醒客户", 66, ["贷款到期，", "提醒客户"]],
    ["call-tier-at-risk", 60, ["call-tier-", "at-risk"]],
    ["abcdefghijkl", 40, ["abcde", "fghijk", "l"]],
    ["", 50, [""]],
    ["   ", 50, [""]],
  ])("%j in %d pixels", (text, width, lines) => expect(wrapText(text, width, 13)).toEqual(lines));

  it("drops nothing but blanks and keeps to the width", () => {
    fc.assert(fc.property(anyText, fc.integer({ min: 20, max: 300 }), (text, width) => {
      const shown = visibleText(text);
      const lines = wrapText(shown, width, 13);
      expect(lines.join("").replace(/\s/gu, "")).toBe(shown.replace(/\s/gu, ""));
      for (const line of lines) expect(textWidth(line, 13) <= width || [...line].length === 1).toBe(true);
    }));
  });
});
