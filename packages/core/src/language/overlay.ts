import type { Bilingual } from "../ports/report-data.js";
import type { PackFiles } from "./pack.js";

/**
 * A pack that is laid over another, such as a branch's over head office's: its `pack` says which it `extends` and,
 * where it holds for one organisation unit only, that `unit`.
 */
export interface Overlay {
  /** Stands before the paths of its files in diagnostics: where the overlay lies, such as `overlays/0571`. */
  readonly name: string;
  readonly files: PackFiles;
}

/** The files of an overlay by the names that diagnostics give them. */
export function overlayFiles({ name, files }: Overlay): PackFiles {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`${name}/${file}`, text]));
}

/** Identity of an overlay in force. */
export interface OverlayInfo {
  readonly id: string;
  readonly version: string;
  readonly title: Bilingual;
  /** Id of the organisation unit it holds for; absent = for everyone. */
  readonly unit?: string;
  /** Rules it switched off, sorted. */
  readonly off: readonly string[];
}

/** What a pack or overlay said of a parameter. */
export interface ParameterVoice {
  /** Id of the pack. */
  readonly pack: string;
  readonly title: Bilingual;
  readonly unit?: string;
  readonly value: string | number | boolean | readonly (string | number)[];
}
