import { Option } from "commander";
import { say, type CliIo } from "../cli-io.js";
import { collect } from "./parse-params.js";

/** `--overlay <dir>`, for commands that open a pack. */
export function overlayOption(io: CliIo): Option {
  return new Option("--overlay <dir>", say(io, { "zh-CN": "叠加包目录，可重复，后者优先；不写则取 evertend.json", en: "folder of an overlay; may be repeated, a later one speaks last; as evertend.json says if absent" })).argParser(collect);
}
