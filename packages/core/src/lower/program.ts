import type { Calendar } from "../calendar/calendar.js";
import type { Catalogue } from "../model/catalogue.js";
import type { OverlayInfo } from "../language/overlay.js";
import type { PackInfo } from "../language/pack.js";
import type { Parameter } from "../language/parameter.js";
import type { PolicyProgram } from "../policy/policy-program.js";
import type { TemplateProgram } from "../template/template-program.js";
import type { Environment } from "../plugin/environment.js";
import type { DerivedFact, LevelState, RuleProgram } from "./rule-program.js";

/** A checked, compiled pack: immutable. */
export interface Program {
  readonly pack: PackInfo;
  /** Overlays in force, outermost first. */
  readonly overlays: readonly OverlayInfo[];
  /** SHA-256 over the files of the pack and its overlays, and the parameters in force. */
  readonly hash: string;
  readonly engineVersion: string;
  readonly model: Catalogue;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly facts: readonly DerivedFact[];
  readonly levels: readonly LevelState[];
  readonly rules: readonly RuleProgram[];
  readonly templates: ReadonlyMap<string, TemplateProgram>;
  readonly policy: PolicyProgram;
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly environment: Environment;
  /** Programs of units, where this one is only what they hold together and no customer is evaluated by it. */
  readonly units?: readonly Program[];
}
