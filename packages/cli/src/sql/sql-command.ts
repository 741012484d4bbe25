import { Option } from "commander";
import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import { collect } from "../wiring/parse-params.js";
import type { SqlRequest } from "./print-sql.js";

/** `evertend sql`. */
export const sqlCommand: Command = {
  name: "sql",
  summary: { "zh-CN": "把规则包写成一条 SQL 查询", en: "print a pack as one SQL query" },
  register(commander, io) {
    commander
      .argument("[pack]", say(io, { "zh-CN": "规则包目录；不写则取 evertend.json", en: "folder of the pack; as evertend.json says if absent" }))
      .addOption(new Option("--dialect <name>", say(io, { "zh-CN": "数据库", en: "database" })).choices(["duckdb", "postgres", "spark"]).default("duckdb"))
      .requiredOption("--as-of <date>", say(io, { "zh-CN": "业务日期，YYYY-MM-DD：查询只对这一天有效", en: "the day the query is for, YYYY-MM-DD" }))
      .addOption(new Option("--answers <kind>", say(io, { "zh-CN": "只要确定命中，或连同未知与截止日", en: "sure matches only, or with unknowns and last days" })).choices(["matches", "full"]).default("full"))
      .option("--layout <file>", say(io, { "zh-CN": "数据所在的表与列（JSON）", en: "where tables and columns are (JSON)" }))
      .option("--param <name=value>", say(io, { "zh-CN": "改动一个参数（可多次）", en: "set a parameter (may be given more than once)" }), collect)
      .option("--config <file>", say(io, { "zh-CN": "改用其他项目文件", en: "another file than evertend.json" }))
      .action(async (pack: string | undefined, options: Omit<SqlRequest, "pack">) => {
        const { printSql } = await import("./print-sql.js");
        await printSql(io, { ...options, pack });
      });
  },
};
