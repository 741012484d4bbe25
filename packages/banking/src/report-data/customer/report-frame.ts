import type { Bilingual, ReportData, ReportPart } from "@evertend/core";
import type { ReportGroup } from "./report-definition.js";

/** A report of a group: its parts under title, day and the small print that all reports share. Absent parts are left out. */
export function reportFrame(group: ReportGroup, title: Bilingual, subtitle: Bilingual, parts: readonly (ReportPart | undefined)[]): ReportData {
  const { engine, asOf, at, reveal } = group.day;
  const { pack, hash, engineVersion } = engine.program;
  return {
    title,
    subtitle,
    asOf,
    parts: parts.filter((part) => part !== undefined),
    footer: {
      "zh-CN": `规则包 ${pack.id} ${pack.version} · 摘要 ${hash.slice(0, 12)} · 引擎 ${engineVersion} · 时点 ${at} · ${reveal ? "含个人信息，请勿外传" : "个人信息已遮盖"}`,
      en: `Pack ${pack.id} ${pack.version} · hash ${hash.slice(0, 12)} · engine ${engineVersion} · as at ${at} · ${reveal ? "holds personal data, not to be passed on" : "personal data is masked"}`,
    },
  };
}
