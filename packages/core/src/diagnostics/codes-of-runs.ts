import type { CodeEntry } from "./code-entry.js";

/** Codes for runs and the command line: sources, state, output, channels' settings, pack tests. */
export const codesOfRuns = {
  USAGE: {
    severity: "error",
    message: { "zh-CN": "命令用法不正确[：{detail}]", en: "The command is not used correctly[: {detail}]" },
    hint: { "zh-CN": "请加 --help 查看用法。", en: "Add --help to see how it is used." },
  },
  AS_OF_INVALID: {
    severity: "error",
    message: { "zh-CN": "--as-of[“{found}”]不是有效日期", en: "--as-of[ \"{found}\"] is not a valid date" },
    hint: { "zh-CN": "请写成 YYYY-MM-DD，例如 2026-03-01。", en: "Write it as YYYY-MM-DD, such as 2026-03-01." },
  },
  AT_INVALID: {
    severity: "error",
    message: { "zh-CN": "--at[“{found}”]不是有效时刻", en: "--at[ \"{found}\"] is not a valid instant" },
    hint: { "zh-CN": "请写上偏移，例如 2026-03-01T09:00:00+08:00。", en: "Write it with an offset, such as 2026-03-01T09:00:00+08:00." },
  },
  FILE_NOT_FOUND: {
    severity: "error",
    message: { "zh-CN": "找不到文件或目录[“{name}”]", en: "The file or folder[ \"{name}\"] does not exist" },
    hint: { "zh-CN": "请核对路径和读取权限。", en: "Check the path and whether it may be read." },
  },
  SOURCE_INVALID: {
    severity: "error",
    message: { "zh-CN": "数据源[“{name}”]无法读取[：{detail}]", en: "The source[ \"{name}\"] cannot be read[: {detail}]" },
    hint: { "zh-CN": "支持 .ndjson、.csv、.parquet 和 .sql；请核对格式和编码（UTF-8）。", en: "A source is .ndjson, .csv, .parquet or .sql; check its format and that it is UTF-8." },
  },
  SOURCE_TRUNCATED: {
    severity: "error",
    message: { "zh-CN": "数据源[“{name}”]不完整[（第 {line} 行）]", en: "The source[ \"{name}\"] is cut off[ (line {line})]" },
    hint: { "zh-CN": "请重新导出完整文件；没有写出任何结果。", en: "Export it again in full; nothing was written." },
  },
  SQL_UNSUPPORTED: {
    severity: "error",
    message: { "zh-CN": "[“{name}”]无法用 SQL[（{detail}）]表达", en: "[\"{name}\" ]cannot be said in SQL[ ({detail})]" },
    hint: { "zh-CN": "请用默认后端运行，或为插件声明 SQL 写法。", en: "Run it with the default back-end, or give the plugin an SQL spelling." },
  },
  SQL_FAILED: {
    severity: "error",
    message: { "zh-CN": "数据源的 SQL[“{name}”]执行失败[：{detail}]", en: "The SQL of the source[ \"{name}\"] failed[: {detail}]" },
    hint: { "zh-CN": "请修正该 SQL，并核对其中的文件路径。", en: "Correct the SQL and check the file paths in it." },
  },
  DATABASE_FAILED: {
    severity: "error",
    message: { "zh-CN": "无法使用数据库[“{name}”][：{detail}]", en: "The database[ \"{name}\"] cannot be used[: {detail}]" },
    hint: { "zh-CN": "请核对连接、权限以及数据库的日志。", en: "Check the connection, the rights of its user, and the database's log." },
  },
  COLUMN_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "表中没有列“{name}”", en: "The table has no column \"{name}\"" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][现有列：{allowed}。]请核对列名和大小写。", en: "[Did you mean \"{suggestion}\"? ][There are: {allowed}. ]Check the column's name and its case." },
  },
  COLUMN_VALUE_INVALID: {
    severity: "error",
    message: { "zh-CN": "第 {line} 行的列“{name}”不符合模型[：应为{expected}]", en: "Column \"{name}\" in row {line} is not as the model wants it[: expected {expected}]" },
    hint: { "zh-CN": "请修正数据，或在映射中写明 format 或 values；该客户被搁置。", en: "Correct the data, or say its format or values in the mapping; the customer is set aside." },
  },
  VARIABLE_MISSING: {
    severity: "error",
    message: { "zh-CN": "数据源需要变量“{name}”，但没有给出", en: "The source needs the variable \"{name}\", which is not given" },
    hint: { "zh-CN": "请加上 --param {name}=…。", en: "Add --param {name}=…." },
  },
  DISK_FULL: {
    severity: "error",
    message: { "zh-CN": "磁盘空间不足[，无法写入“{name}”]", en: "The disk is full[; \"{name}\" cannot be written]" },
    hint: { "zh-CN": "请腾出空间后重新运行；没有留下写了一半的结果。", en: "Free some space and run again; no half-written result was left." },
  },
  OUTPUT_UNWRITABLE: {
    severity: "error",
    message: { "zh-CN": "无法写入[“{name}”][：{detail}]", en: "Cannot write[ \"{name}\"][: {detail}]" },
    hint: { "zh-CN": "请核对路径和写入权限。", en: "Check the path and whether it may be written." },
  },
  STATE_LOCKED: {
    severity: "error",
    message: { "zh-CN": "状态[“{name}”]正被另一次运行使用", en: "Another run is using the state[ in \"{name}\"]" },
    hint: { "zh-CN": "请等待其结束。若确认没有运行：状态在目录中时删除其中的锁文件；在 PostgreSQL 中时，锁随占用它的连接结束。", en: "Wait for it to end. If nothing runs: in a folder, remove the lock file; in PostgreSQL the lock ends with the connection that holds it." },
  },
  STATE_INVALID: {
    severity: "error",
    message: { "zh-CN": "状态[“{name}”]已损坏或不属于本工具[（第 {line} 行）]", en: "The state[ in \"{name}\"] is damaged or not of this tool[ (line {line})]" },
    hint: { "zh-CN": "请从备份恢复，或改用空目录或空数据库。", en: "Restore it from a backup, or use an empty folder or database." },
  },
  STATE_LATER: {
    severity: "error",
    message: { "zh-CN": "状态的日期[ {found} ]晚于本次的 --as-of[ {expected}]", en: "The state is of a later day[ ({found})] than --as-of[ ({expected})]" },
    hint: { "zh-CN": "请使用不早于状态日期的 --as-of，或换一个状态。", en: "Use an --as-of that is no earlier, or another state." },
  },
  SINCE_TOO_LATE: {
    severity: "error",
    message: { "zh-CN": "--since[“{found}”]不是有效日期，或晚于上次运行[（{expected}）]", en: "--since[ \"{found}\"] is not a date, or later than the last run[ ({expected})]" },
    hint: { "zh-CN": "请写上次运行的日期或更早的日期：其间的变化不能遗漏。", en: "Give the day of the last run or an earlier one: what changed in between must not be missed." },
  },
  THREAD_DIED: {
    severity: "error",
    message: { "zh-CN": "一个工作线程中途结束[：{detail}]；未写出任何结果", en: "A thread ended before its work was done[: {detail}]; nothing was written" },
    hint: { "zh-CN": "请检查插件是否结束进程，内存是否足够；也可用 --threads 1 重试。", en: "See whether a plugin ends the process and whether there is memory enough, or try --threads 1." },
  },
  CUSTOMER_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "数据源中没有该客户", en: "The source holds no such customer" },
    hint: { "zh-CN": "请核对客户标识。", en: "Check the customer's id." },
  },
  RULE_NOT_IN_UNIT: {
    severity: "error",
    message: { "zh-CN": "规则“{name}”对该客户所属机构不适用[：被叠加包“{other}”停用]", en: "The rule \"{name}\" is not in force for this customer's unit[: the overlay \"{other}\" switches it off]" },
    hint: { "zh-CN": "请查看另一机构的客户，或检查该机构的叠加包。", en: "Ask about a customer of another unit, or look at the overlays of this one." },
  },
  RULE_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "没有名为“{name}”的规则", en: "There is no rule \"{name}\"" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][现有规则：{allowed}。]请核对规则标识。", en: "[Did you mean \"{suggestion}\"? ][There are: {allowed}. ]Check the id of the rule." },
  },
  REPORT_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "没有名为“{name}”的报告", en: "There is no report \"{name}\"" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][现有报告：{allowed}。]evertend report 列出全部报告。", en: "[Did you mean \"{suggestion}\"? ][There are: {allowed}. ]evertend report lists them all." },
  },
  KEY_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "结果中没有键[“{name}”]", en: "No decision has the key[ \"{name}\"]" },
    hint: { "zh-CN": "请核对键，并用 --out 指向当时的输出目录。", en: "Check the key, and point --out to the output folder of that run." },
  },
  CHANNEL_CONFIG_INVALID: {
    severity: "error",
    message: { "zh-CN": "渠道[“{name}”]的配置无效[：{detail}]", en: "The settings of the channel[ \"{name}\"] are not valid[: {detail}]" },
    hint: { "zh-CN": "[应为{expected}。]请按该渠道的文档修正。", en: "[Expected {expected}. ]Correct them as the channel's page says." },
  },
  SECRET_LITERAL: {
    severity: "error",
    message: { "zh-CN": "“{name}”是密钥，不能直接写在配置里", en: "\"{name}\" is a secret and cannot be written into the settings" },
    hint: { "zh-CN": "请写成引用，例如 “env:SMTP_PASSWORD” 或 “file:/run/secrets/smtp”。", en: "Refer to it, as in \"env:SMTP_PASSWORD\" or \"file:/run/secrets/smtp\"." },
  },
  SECRET_MISSING: {
    severity: "error",
    message: { "zh-CN": "找不到密钥“{name}”", en: "The secret \"{name}\" is not there" },
    hint: { "zh-CN": "请设置该环境变量或文件。", en: "Set that environment variable or file." },
  },
  WORKBOOK_UNREADABLE: {
    severity: "error",
    message: { "zh-CN": "无法读取工作簿[“{name}”][：{detail}]", en: "The workbook[ \"{name}\"] cannot be read[: {detail}]" },
    hint: { "zh-CN": "请使用 evertend params export 导出并以 XLSX 保存、未加密的文件。", en: "Use the file that evertend params export made, saved as XLSX and without a password." },
  },
  WORKBOOK_SHEET_MISSING: {
    severity: "error",
    message: { "zh-CN": "工作簿中没有名为“{name}”的工作表", en: "The workbook has no sheet \"{name}\"" },
    hint: { "zh-CN": "请勿改工作表名称；重新导出后再改。", en: "Leave the names of the sheets as they are; export again and change that." },
  },
  WORKBOOK_COLUMN_MISSING: {
    severity: "error",
    message: { "zh-CN": "工作表中没有“{name}”一列", en: "The sheet has no column \"{name}\"" },
    hint: { "zh-CN": "请保留第一行的列名。", en: "Keep the headings in the first row." },
  },
  WORKBOOK_COLUMN_UNKNOWN: {
    severity: "warning",
    message: { "zh-CN": "不认识“{name}”一列，未读取", en: "The column \"{name}\" is not known and was not read" },
    hint: { "zh-CN": "如需改动参数，请写在原有各列中。", en: "Changes belong into the columns of the export." },
  },
  WORKBOOK_FORMULA: {
    severity: "error",
    message: { "zh-CN": "单元格 {name} 含有公式", en: "The cell {name} holds a formula" },
    hint: { "zh-CN": "请改写为它的值：公式的结果会随他处改动。", en: "Write its value instead: what a formula gives changes with other cells." },
  },
  PACK_CHANGED: {
    severity: "error",
    message: { "zh-CN": "规则包与导出时不同[（现为 {expected}，导出时为 {found}）]", en: "The pack is not the one that was exported[ (it is {expected} now, the workbook says {found})]" },
    hint: { "zh-CN": "请重新导出，再在新文件中改动。", en: "Export again and make the changes there." },
  },
  PARAMETER_ROW_MISSING: {
    severity: "error",
    message: { "zh-CN": "工作表中缺少参数“{name}”", en: "The sheet lacks the parameter \"{name}\"" },
    hint: { "zh-CN": "请保留每一行：删去一行不会删去参数。", en: "Keep every row: to leave one out does not remove the parameter." },
  },
  PARAMETER_FIXED: {
    severity: "error",
    message: { "zh-CN": "参数“{name}”的“{detail}”不能在此改动[（应为 {expected}）]", en: "\"{detail}\" of the parameter \"{name}\" cannot be changed here[ (it is {expected})]" },
    hint: { "zh-CN": "请改回原样；名称、单位和范围由编写规则包者在 JSON 中修改。", en: "Set it back; label, unit and range are changed in the JSON of the pack." },
  },
  APPROVAL_HASH: {
    severity: "error",
    message: { "zh-CN": "批准的不是当前内容[（现为 {expected}，批准的是 {found}）]", en: "What is approved is not what would run[ (it is {expected}, {found} was approved)]" },
    hint: { "zh-CN": "规则包、叠加包或参数在批准后有变：请重新批准，或运行已批准的内容。", en: "The pack, its overlays or parameters changed: have them approved again, or run what was approved." },
  },
  APPROVAL_BY_AUTHOR: {
    severity: "error",
    message: { "zh-CN": "“{name}”是规则包的作者，不能批准它", en: "\"{name}\" is an author of the pack and cannot approve it" },
    hint: { "zh-CN": "请由另一人批准。", en: "Have another person approve it." },
  },
  APPROVAL_PERSON: {
    severity: "error",
    message: { "zh-CN": "“{name}”不在 evertend.json 的 approvers 中", en: "\"{name}\" is not among the approvers of evertend.json" },
    hint: { "zh-CN": "请由列出的人批准，或把此人加入 approvers。", en: "Have one of them approve it, or add the person to approvers." },
  },
  APPROVAL_AUTHORS_MISSING: {
    severity: "error",
    message: { "zh-CN": "规则包没有写明作者，无法确认批准人是第二人", en: "The pack names no authors, so that nobody can be told to be a second person" },
    hint: { "zh-CN": "请在 pack.json 的 pack 中加入 \"authors\": [\"…\"]。", en: "Add \"authors\": [\"…\"] to pack in pack.json." },
  },
  COVERAGE_LOW: {
    severity: "error",
    message: { "zh-CN": "规则覆盖率[ {found} ]低于要求[的 {limit}][；未覆盖：{name}]", en: "Rule coverage[ {found}] is too low[, the threshold is {limit}][; not covered: {name}]" },
    hint: { "zh-CN": "请为未覆盖的规则补充用例。", en: "Add test cases for the rules that are not covered." },
  },
  TEST_FAILED: {
    severity: "error",
    message: { "zh-CN": "用例“{name}”未通过[：{detail}]", en: "The test case \"{name}\" failed[: {detail}]" },
    hint: { "zh-CN": "[应为 {expected}，实为 {found}。]请修正规则或用例。", en: "[Expected {expected}, found {found}. ]Correct the rule or the case." },
  },
} as const satisfies Record<string, CodeEntry>;
