import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bankingPlugin, ruleCard } from "@evertend/banking";
import { createEmailChannel } from "@evertend/channel-email";
import { createSmsChannel } from "@evertend/channel-sms";
import { createEnvironment, definePlugin, loadPack } from "@evertend/core";
import { renderHtml } from "@evertend/reports";
import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPackFolder } from "../conformance/read-pack-folder.js";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const installed = existsSync(CHROMIUM);
if (!installed) console.warn(`SKIPPED: rule cards in a browser. ${CHROMIUM} is not installed (apt-get install chromium).`);

const environment = createEnvironment([bankingPlugin, definePlugin({ name: "channels", channels: [createSmsChannel(), createEmailChannel()] })]);
const { program } = loadPack(readPackFolder(fileURLToPath(new URL("../../packages/banking/packs/retail", import.meta.url))), { environment });

describe.skipIf(!installed)("rule cards in a browser", () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "evertend-cards-"));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it("of every shipped rule print on one page of A4, in both languages, and fit a phone", async () => {
    if (!program) throw new Error("the retail pack must load");
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const wrong: string[] = [];
    page.on("console", (message) => wrong.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    const ids = [...new Set(program.rules.map(({ id }) => id.split("/")[0] as string))];
    expect(ids.length).toBeGreaterThan(50);
    for (const ruleId of ids) {
      for (const lang of ["zh-CN", "en"] as const) {
        const file = join(folder, `${ruleId}.${lang}.html`);
        writeFileSync(file, renderHtml(ruleCard({ program, ruleId, asOf: "2026-12-01", lang }), { lang, onePage: true }));
        await page.goto(pathToFileURL(file).href);
        if (await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")) wrong.push(`${ruleId} ${lang}: wider than a phone`);
        const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
        const pages = (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
        if (pages !== 1) wrong.push(`${ruleId} ${lang}: ${pages} pages`);
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);
});
