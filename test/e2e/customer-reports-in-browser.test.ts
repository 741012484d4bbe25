import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../packages/reports/src/index.js";
import { sampleReports, type SampleReports } from "../../packages/banking/test/report-data/reports-of-sample-bank.js";
import { reasonToSkip } from "../setup/required.js";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const missing = reasonToSkip("browser", existsSync(CHROMIUM) ? undefined : `${CHROMIUM} is not installed (apt-get install chromium)`);
const installed = missing === undefined;
if (!installed) console.warn(`SKIPPED: reports over customers in a browser. ${missing}.`);

/** Script for the page (as text: our types know no DOM): what sticks out of the page, of a card, or of a drawing. */
const OUTLIERS = `(() => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push("page: " + root.scrollWidth + " > " + root.clientWidth);
  for (const card of document.querySelectorAll(".card")) if (card.scrollWidth > card.clientWidth) found.push("card: " + card.textContent.slice(0, 40));
  for (const text of document.querySelectorAll(".chart svg text")) {
    const svg = text.closest("svg");
    if (svg.getClientRects().length === 0 || text.textContent === "") continue;
    const inner = text.getBoundingClientRect();
    const outer = svg.getBoundingClientRect();
    if (inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.top < outer.top - 2 || inner.bottom > outer.bottom + 2) found.push("label: " + text.textContent);
  }
  return found;
})()`;

describe.skipIf(!installed)("reports over customers in a browser", () => {
  let browser: Browser;
  let folder: string;
  let chinese: SampleReports;
  let english: SampleReports;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "evertend-reports-"));
    chinese = await sampleReports("zh-CN", false);
    english = await sampleReports("en", true);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page in a fresh context; gives back all that went wrong. */
  async function visit(html: string, width: number, check: (page: Page) => Promise<void>): Promise<readonly string[]> {
    const file = join(folder, "report.html");
    writeFileSync(file, html);
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const wrong: string[] = [];
    try {
      const page = await context.newPage();
      const address = pathToFileURL(file).href;
      page.on("console", (message) => wrong.push(`console: ${message.text()}`));
      page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
      page.on("request", (request) => { if (request.url() !== address) wrong.push(`request: ${request.url()}`); });
      await page.goto(address);
      await check(page);
    } finally {
      await context.close();
    }
    return wrong;
  }

  it("every report fits a desk and a phone, in both languages, without an error", { timeout: 300_000 }, async () => {
    for (const [lang, reports] of [["zh-CN", chinese], ["en", english]] as const) {
      for (const { name, data } of reports.all()) {
        const html = renderHtml(data, { lang });
        const wrong = await visit(html, 1280, async (page) => {
          expect(await page.getByRole("heading", { level: 1 }).innerText(), name).toBe(data.title[lang]);
          for (const width of [1280, 390]) {
            await page.setViewportSize({ width, height: 900 });
            expect(await page.evaluate(OUTLIERS), `${name} at ${width} pixels, ${lang}`).toEqual([]);
          }
        });
        expect(wrong, name).toEqual([]);
      }
    }
  });

  it.each([1280, 390])("the brief shows its cards with reasons, cautions and outcomes at %d pixels", async (width) => {
    const data = english.report("brief", "M004");
    const wrong = await visit(renderHtml(data, { lang: "en" }), width, async (page) => {
      const cards = page.locator(".card");
      const count = data.parts.flatMap((part) => (part.kind === "cards" ? part.cards : [])).length;
      expect(await cards.count()).toBe(count);
      expect(count).toBeGreaterThan(3);
      const first = cards.first();
      expect(await first.getByRole("heading", { level: 4 }).allInnerTexts()).toEqual(expect.arrayContaining(["Why today", "What to say", "Last contact and promises"]));
      expect(await first.getByRole("list", { name: "Outcome" }).getByRole("listitem").count()).toBe(8);
      expect(await page.getByText("do-not-call").first().isVisible()).toBe(true);
      expect(await page.getByRole("heading", { name: "What to avoid" }).first().isVisible()).toBe(true);
    });
    expect(wrong).toEqual([]);
  });

  it("the brief prints on A4, no card torn apart", async () => {
    const wrong = await visit(renderHtml(chinese.report("brief", "M004"), { lang: "zh-CN" }), 1280, async (page) => {
      await page.emulateMedia({ media: "print" });
      expect(await page.evaluate(`getComputedStyle(document.querySelector(".card")).breakInside`)).toBe("avoid");
      const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
      const pages = pdf.match(/\/Type\s*\/Page\b/g) ?? [];
      expect(pages.length).toBeGreaterThanOrEqual(2);
      expect(pages.length).toBeLessThanOrEqual(6);
      expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
    });
    expect(wrong).toEqual([]);
  });
});
