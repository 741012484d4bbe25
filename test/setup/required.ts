/**
 * Why something that tests run on is not here, or `undefined`. What `EVERTEND_REQUIRE` names (`postgres,spark,browser`)
 * must be here: then a reason is an error, so that a machine that has it cannot pass its tests without it.
 *
 * @throws Error where it is required and missing
 */
export function reasonToSkip(name: "postgres" | "spark" | "browser", reason: string | undefined): string | undefined {
  const required = (process.env["EVERTEND_REQUIRE"] ?? "").split(",").map((one) => one.trim()).filter((one) => one !== "");
  for (const one of required) if (!["postgres", "spark", "browser"].includes(one)) throw new Error(`EVERTEND_REQUIRE names "${one}", which no test knows`);
  if (reason !== undefined && required.includes(name)) throw new Error(`${name} is required (EVERTEND_REQUIRE) and missing: ${reason}`);
  return reason;
}
