import { createEngine, type Engine, type EngineOptions, type Lang, type Program } from "@evertend/core";

/** An engine that words tasks in the language of a report rather than of the pack. It decides the same. */
export function reportEngine(program: Program, options: EngineOptions & { readonly lang: Lang }): Engine {
  return createEngine({ ...program, pack: { ...program.pack, locale: options.lang } }, options);
}
