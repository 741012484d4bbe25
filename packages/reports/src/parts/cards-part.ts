import type { Lang, ReportCards } from "@evertend/core";
import { escapeHtml } from "../text/escape-html.js";
import { inLanguage } from "../text/in-language.js";
import { words } from "../text/words.js";

/** So few cards stay on one page of paper. */
const KEPT = 6;

/** Cards side by side: heading, text, and facts as a list of names and values. */
export function cardsPart(part: ReportCards, lang: Lang): string {
  if (part.cards.length === 0) return `<p class="empty">${words.empty[lang]}</p>`;
  const cards = part.cards.map((card) => {
    const text = inLanguage(card.text, lang);
    const { heading, facts } = card;
    const list = facts.map(({ label, value }) => `<div><dt>${escapeHtml(label[lang])}</dt><dd>${escapeHtml(inLanguage(value, lang))}</dd></div>`);
    return `<li class="card"><h3>${escapeHtml(inLanguage(heading, lang))}</h3>${text === "" ? "" : `<p>${escapeHtml(text)}</p>`}` +
      `${list.length === 0 ? "" : `<dl>${list.join("")}</dl>`}</li>`;
  });
  // Four cards, or one more than full rows of three, stand better in twos than with one left over.
  return `<ul class="cards${cards.length % 3 === 1 ? " two" : ""}${cards.length <= KEPT ? " kept" : ""}">${cards.join("")}</ul>`;
}
