import type { Lang, ReportCard, ReportCards, ReportCardSection } from "@evertend/core";
import { escapeHtml } from "../text/escape-html.js";
import { inLanguage } from "../text/in-language.js";
import { words } from "../text/words.js";

/** So few cards stay on one page of paper. */
const KEPT = 6;

function cardHead({ heading, tags = [] }: ReportCard, lang: Lang): string {
  const title = `<h3>${escapeHtml(inLanguage(heading, lang))}</h3>`;
  if (tags.length === 0) return title;
  return `<div class="top">${title}<ul class="tags">${tags.map((tag) => `<li>${escapeHtml(inLanguage(tag, lang))}</li>`).join("")}</ul></div>`;
}

function factList({ facts }: ReportCard, lang: Lang): string {
  const list = facts.map(({ label, value }) => `<div><dt>${escapeHtml(label[lang])}</dt><dd>${escapeHtml(inLanguage(value, lang))}</dd></div>`);
  return list.length === 0 ? "" : `<dl>${list.join("")}</dl>`;
}

function sectionHtml({ label, lines, tone }: ReportCardSection, lang: Lang): string {
  const items = lines.map((line) => `<li>${escapeHtml(inLanguage(line, lang))}</li>`);
  return `<div class="sect${tone === "care" ? " care" : ""}"><h4>${escapeHtml(label[lang])}</h4><ul>${items.join("")}</ul></div>`;
}

/** Sections in two columns, the first half of them in the first; on a phone all below each other. */
function sectionColumns(sections: readonly ReportCardSection[], lang: Lang): string {
  if (sections.length === 0) return "";
  const half = Math.ceil(sections.length / 2);
  const column = (part: readonly ReportCardSection[]): string => (part.length === 0 ? "" : `<div>${part.map((section) => sectionHtml(section, lang)).join("")}</div>`);
  return `<div class="sects">${column(sections.slice(0, half))}${column(sections.slice(half))}</div>`;
}

/** Boxes to tick on paper, each with the code that is written down. */
function choiceList({ choices = [] }: ReportCard, lang: Lang): string {
  if (choices.length === 0) return "";
  const items = choices.map(({ code, label }) => `<li><i class="box"></i>${escapeHtml(label[lang])}${code === "" ? "" : ` <code>${escapeHtml(code)}</code>`}</li>`);
  // Answers with a code stand side by side; a list to go through has a line for each.
  return `<ul class="choices${choices.every(({ code }) => code === "") ? " list" : ""}" aria-label="${words.outcome[lang]}">${items.join("")}</ul>`;
}

function cardHtml(card: ReportCard, lang: Lang): string {
  const text = inLanguage(card.text, lang);
  const { sections = [] } = card;
  return `<li class="card">${cardHead(card, lang)}${text === "" ? "" : `<p>${escapeHtml(text)}</p>`}${factList(card, lang)}` +
    `${sectionColumns(sections, lang)}${choiceList(card, lang)}</li>`;
}

/** Cards side by side, or one below the other: heading, text, facts as names and values, sections, answers to choose from. */
export function cardsPart({ cards, layout }: ReportCards, lang: Lang): string {
  if (cards.length === 0) return `<p class="empty">${words.empty[lang]}</p>`;
  const list = cards.map((card) => cardHtml(card, lang)).join("");
  if (layout === "column") return `<ul class="cards column">${list}</ul>`;
  // Four cards, or one more than full rows of three, stand better in twos than with one left over.
  return `<ul class="cards${cards.length % 3 === 1 ? " two" : ""}${cards.length <= KEPT ? " kept" : ""}">${list}</ul>`;
}
