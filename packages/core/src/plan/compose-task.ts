import type { Task } from "../decision/decision.js";
import type { Lang } from "../diagnostics/diagnostic.js";
import type { TemplateValues } from "../template/fill-template.js";
import type { TemplateProgram } from "../template/template-program.js";
import { wrongIn } from "./compose-touch.js";
import type { Unfilled } from "./compose-touch.js";
import { pickLocale } from "./pick-locale.js";

/** All of a task but what filling gives. */
export type TaskFrame = Omit<Task, "template" | "title" | "brief" | "merged">;

/** Fills a task's title and brief, in the pack's language: those who read it work for the bank. */
export function composeTask(frame: TaskFrame, template: TemplateProgram | undefined, values: TemplateValues, locale: Lang): Task | Unfilled {
  const words = pickLocale(template?.variants.get("task"), locale, locale);
  const titleSource = words?.parts.get("title");
  if (!template || !words || !titleSource) return { reason: "RENDER_FAILED", detail: "TEMPLATE_PART_MISSING" };
  const title = titleSource.fill(values, { locale: words.locale, escape: "line" });
  const brief = words.parts.get("brief")?.fill(values, { locale: words.locale, escape: "plain" });
  const wrong = wrongIn(title) ?? (brief && wrongIn(brief));
  if (wrong) return wrong;
  if (title.text.trim() === "") return { reason: "MESSAGE_EMPTY", detail: template.id };
  return { ...frame, template: template.id, title: title.text, brief: brief?.text ?? "", merged: [] };
}
