import type { ParameterVoice } from "../language/overlay.js";
import type { Parameter } from "../language/parameter.js";
import type { Bilingual } from "../ports/report-data.js";
import type { LimitValue } from "./explanation.js";
import { valueText } from "./show-value.js";

/** What a limit tells of the parameter that sets it: name, value, source, and who set it where packs are laid over one another. */
export function sayParameter(parameter: Parameter): Pick<LimitValue, "param" | "parameterLabel" | "parameterText" | "source" | "parameterFrom"> {
  const text = (value: Parameter["value"]): Bilingual => valueText(value, { type: typeof value === "object" ? "list" : "number", unit: parameter.unit });
  const [last, ...overruled] = [...(parameter.voices ?? [])].reverse();
  return {
    param: parameter.name,
    parameterLabel: parameter.label,
    parameterText: text(parameter.value),
    source: parameter.source,
    ...(last ? { parameterFrom: sayVoices(last, overruled, text) } : {}),
  };
}

function sayVoices(last: ParameterVoice, overruled: readonly ParameterVoice[], text: (value: Parameter["value"]) => Bilingual): Bilingual {
  const said = (lang: keyof Bilingual): readonly string[] => overruled.map((voice) => ({ "zh-CN": `${speaker(voice, lang)}为 ${text(voice.value)[lang]}`, en: `${speaker(voice, lang)} says ${text(voice.value)[lang]}` })[lang]);
  return {
    "zh-CN": `来自${speaker(last, "zh-CN")}；${said("zh-CN").join("，")}`,
    en: `from ${speaker(last, "en")}, ${said("en").join(", ")}`,
  };
}

function speaker({ title, unit }: ParameterVoice, lang: keyof Bilingual): string {
  const name = { "zh-CN": `“${title[lang]}”`, en: title[lang] }[lang];
  return unit === undefined ? name : { "zh-CN": `${name}（机构 ${unit}）`, en: `${name} (unit ${unit})` }[lang];
}
