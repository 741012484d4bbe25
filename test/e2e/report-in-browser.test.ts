import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../packages/reports/src/index.js";
import { hostileReport } from "../../packages/reports/test/hostile-report.js";
import { sampleRunReport } from "../../packages/reports/test/sample-run-report.js";
import { reasonToSkip } from "../setup/required.js";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

const missing = reasonToSkip("browser", existsSync(CHROMIUM) ? undefined : `${CHROMIUM} is not installed (apt-get install chromium)`);
const installed = missing === undefined;
if (!installed) console.warn(`SKIPPED: reports in a browser. ${missing}.`);

const files = {
  "sample.html": () => renderHtml(sampleRunReport, { lang: "zh-CN", otherLang: true }),
  "sample-en.html": () => renderHtml(sampleRunReport, { lang: "en" }),
  "hostile.html": () => renderHtml(hostileReport, { lang: "en" }),
} as const;

/** Script for the page (as text: our types know no DOM): what sticks out of the page or of its own drawing. */
const OUTLIERS = `(() => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push("page: " + root.scrollWidth + " > " + root.clientWidth);
  let labels = 0;
  for (const text of document.querySelectorAll(".chart svg text")) {
    const svg = text.closest("svg");
    if (svg.getClientRects().length === 0 || text.textContent === "") continue;
    labels += 1;
    const inner = text.getBoundingClientRect();
    const outer = svg.getBoundingClientRect();
    if (inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.top < outer.top - 2 || inner.bottom > outer.bottom + 2) {
      found.push("label: " + text.textContent);
    }
  }
  if (labels < 20) found.push("only " + labels + " labels seen");
  return found;
})()`;

const style = (selector: string, property: string): string => `getComputedStyle(document.querySelector("${selector}")).${property}`;

describe.skipIf(!installed)("a report in a browser", () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "evertend-report-"));
    for (const [name, render] of Object.entries(files)) writeFileSync(join(folder, name), render());
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a file in a fresh context, and closes it; gives back all that went wrong in between. */
  async function visit(name: keyof typeof files, look: { width: number; colorScheme?: "light" | "dark" }, check: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ viewport: { width: look.width, height: 900 }, colorScheme: look.colorScheme ?? "light" });
    const wrong: string[] = [];
    try {
      const page = await context.newPage();
      const address = pathToFileURL(join(folder, name)).href;
      page.on("console", (message) => wrong.push(`console: ${message.text()}`));
      page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
      page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
      page.on("request", (request) => { if (request.url() !== address) wrong.push(`request: ${request.url()}`); });
      await page.goto(address);
      await check(page);
    } finally {
      await context.close();
    }
    expect(wrong).toEqual([]);
  }

  it.each(["sample.html", "sample-en.html", "hostile.html"] as const)("%s fits every width with its numbers open", async (name) => {
    await visit(name, { width: 1280 }, async (page) => {
      for (const summary of await page.locator("summary:visible").all()) await summary.click();
      expect(await page.locator("details[open]").count()).toBeGreaterThan(5);
      for (const width of [1280, 820, 720, 719, 390, 360]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate(OUTLIERS), `${width} pixels`).toEqual([]);
      }
    });
  });

  it.each([1280, 390])("shows the sample's content at %d pixels", async (width) => {
    await visit("sample-en.html", { width }, async (page) => {
      expect(await page.title()).toBe("Customer care run report · 2026-12-01");
      expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Customer care run report");
      expect(await page.getByRole("heading", { level: 2 }).allInnerTexts()).toHaveLength(sampleRunReport.parts.length - 1);
      expect(await page.getByRole("figure").count()).toBe(sampleRunReport.parts.filter(({ kind }) => kind === "chart").length);
      for (const role of ["banner", "main", "contentinfo", "navigation"] as const) expect(await page.getByRole(role).count(), role).toBe(1);
      expect(await page.getByRole("img", { name: /^Matches by rule/ }).count()).toBe(1);
      const row = page.getByRole("table", { name: "Three days side by side" }).getByRole("row", { name: /Already planned/ });
      expect(await row.getByRole("cell").allInnerTexts()).toEqual(["0", "1,840", "1,866"]);
      expect(await page.getByRole("listitem").filter({ hasText: "C-001877" }).innerText()).toContain("287,600.00");
    });
  });

  it("paints charts in the colours of the reader's theme", async () => {
    const fill = (page: Page): Promise<string> => page.evaluate(style("#part-by-rule .wide path[fill='var(--s1)']", "fill"));
    await visit("sample-en.html", { width: 1280, colorScheme: "light" }, async (page) => expect(await fill(page)).toBe("rgb(11, 107, 93)"));
    await visit("sample-en.html", { width: 1280, colorScheme: "dark" }, async (page) => expect(await fill(page)).toBe("rgb(79, 185, 165)"));
  });

  it("switches its language with mouse and keyboard", async () => {
    await visit("sample.html", { width: 1280 }, async (page) => {
      const heading = page.locator("h1:visible");
      expect(await heading.innerText()).toBe("客户关系维护运行报告");
      await page.getByText("English", { exact: true }).click();
      expect(await heading.innerText()).toBe("Customer care run report");
      await page.getByRole("radio", { name: "English" }).focus();
      await page.keyboard.press("ArrowLeft");
      expect(await heading.innerText()).toBe("客户关系维护运行报告");
    });
  });

  it("prints light, without navigation, with all rows of its tables", async () => {
    await visit("sample-en.html", { width: 1280, colorScheme: "dark" }, async (page) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      expect(await page.locator("nav:visible, summary:visible").count()).toBe(0);
      expect(await page.evaluate(style("body", "backgroundColor"))).toBe("rgb(255, 255, 255)");
      expect(await page.evaluate(style("body", "color"))).toBe("rgb(26, 35, 33)");
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
      expect(pages.length).toBeGreaterThanOrEqual(3);
      expect(pages.length).toBeLessThanOrEqual(8);
      // A4 in points.
      expect(pdf.toString("latin1")).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
    });
  });

  it("shows hostile texts as texts", async () => {
    await visit("hostile.html", { width: 1280 }, async (page) => {
      expect(await page.title()).toContain(`</title><script>alert("title")</script>`);
      expect(await page.locator("script, img, iframe, object, embed, a[href^='javascript']").count()).toBe(0);
      expect(await page.locator("h1").count()).toBe(1);
      expect(await page.getByText("⟨U+202E⟩gnp.exe ⟨U+2066⟩isolated").count()).toBeGreaterThan(5);
    });
  });
});
