// Diagnostics
export type { Diagnostic, Lang, Severity } from "./diagnostics/diagnostic.js";
export { codes, type DiagnosticCode } from "./diagnostics/codes.js";
export { describe, type DiagnosticParams } from "./diagnostics/describe.js";
export { DiagnosticError } from "./diagnostics/diagnostic-error.js";
export { Findings, compareDiagnostics } from "./diagnostics/findings.js";
export { formatDiagnostic, formatDiagnostics } from "./diagnostics/format-diagnostic.js";
export { closest } from "./diagnostics/did-you-mean.js";
export type { Place } from "./diagnostics/place.js";

// JSON
export { parseJson, type JsonDocument, type JsonLimits } from "./json/parse-json.js";
export { parseRecord } from "./json/parse-record.js";
export { canonicalJson } from "./json/canonical-json.js";
export { sha256Hex, type Sha256 } from "./json/hash.js";

// Calendar
export type { Calendar } from "./calendar/calendar.js";
export { addMonths, civilDate, dayOf, daysInMonth, endOfPeriod, formatDay, isLeapYear, monthsBetween, nextAnniversary, parseDay, periodName, weekday, type CivilDate } from "./calendar/civil-date.js";
export { createCalendar, isWorkingDay, nextNamedDay, shiftWorkingDays, workingDaysBetween, type CalendarSource } from "./calendar/working-days.js";
export { civilOf, formatInstant, instantOf, isZone, parseInstant, zoneTable, type CivilTime, type ZoneTable } from "./calendar/zone-table.js";

// Model and language
export type { Absence, Catalogue, Collection, FactType, Field, Roles } from "./model/catalogue.js";
export type { PackFiles, PackInfo } from "./language/pack.js";
export { overlayFiles, type Overlay, type OverlayInfo, type ParameterVoice } from "./language/overlay.js";
export type { Parameter } from "./language/parameter.js";
export type { Shape } from "./language/shape.js";
export { bilingual } from "./language/bilingual.js";
export { checkShape } from "./language/check-shape.js";
export { Spot, isObject } from "./language/spot.js";
export { parsePath, type PathStep } from "./language/parse-path.js";
export { operatorNames, operatorTexts, parseOperator, signs, type BaseOperator, type Decorator, type TimeOperator } from "./language/operators.js";
export { loadPack, type LoadedPack, type LoadOptions } from "./load-pack.js";
export type { Piece } from "./language/read-pack.js";
export { formatPackFile, type FormatPackOptions } from "./language/format-pack.js";
export type { ConditionForm } from "./language/rewrite-condition.js";

// The program
export type { Comparison, Origin, Range, ShiftUnit, TruthNode, ValueNode } from "./lower/node.js";
export type { ActionProgram, DerivedFact, LevelState, RulePolicy, RuleProgram } from "./lower/rule-program.js";
export type { Program } from "./lower/program.js";
export { arithmetic } from "./lower/arithmetic.js";
export { always, and, choose, compare, constant, join, never, not, or, present, shift, today } from "./lower/nodes.js";

// Plugins and channels
export { defineKind, type AuthoredRule, type Kind, type KindBuilder, type KindDefaults, type PlainRule } from "./plugin/kind.js";
export { createEnvironment, defineChannel, defineFact, defineOperator, definePlugin, type Environment, type Operator, type Plugin, type PluginFact, type SqlSpelling } from "./plugin/environment.js";
export { corePlugin, ruleKind } from "./plugin/rule-kind.js";
export type { Channel, ChannelCapabilities, ChannelConfig, ChannelHost, Inbound, OpenChannel, Receipt, Rendered, SendOutcome, Sensitivity } from "./channel/channel.js";

// Templates
export { checkTemplate, type Filled, type FillOptions, type Template, type TemplateContext, type TemplateField, type TemplateValues } from "./template/check-template.js";
export type { TemplateProgram } from "./template/template-program.js";

// Records and evaluation
export { createNormaliser, recordHash, type Normaliser, type NormaliserOptions, type RecordProblem } from "./normalise/normalise-record.js";
export { createEvaluator } from "./evaluate/create-evaluator.js";
export type { EvaluateOptions, Evaluator, EvaluatorOptions, SureMatch } from "./evaluate/evaluator.js";
export type { FoundElsewhere } from "./evaluate/found-elsewhere.js";
export { evaluateCondition, type EvaluateConditionOptions } from "./evaluate/evaluate-condition.js";
export { clockAt, clockOf, holds, turnedComparison, type Clock } from "./evaluate/clock.js";
export { movedByMonths, turningDay } from "./evaluate/turning-day.js";
export type { Evaluation, MatchDetail } from "./evaluate/evaluation.js";
export type { Item, NormalContext, NormalRecord, Truth, Value } from "./evaluate/value.js";

// Decisions
export type { Decision, Evidence, Match, Outcome, Task, Touch, Unknown } from "./decision/decision.js";
export { messageClasses, type MessageClass } from "./decision/message-class.js";
export { reasonTexts, type ReasonCode } from "./decision/reason-codes.js";
export type { RunSummary } from "./decision/run-summary.js";
export { closedHours, type ClosedHours } from "./policy/closed-hours.js";
export type { Cap, ChannelWindow, Pause, PolicyProgram, QuietHours, Suitability } from "./policy/policy-program.js";

// Ports
export type { Consent } from "./ports/consent.js";
export type { ContactEntry } from "./ports/contact-entry.js";
export type { CustomerState, Kept, OpenTask, ReviewStore, ScheduledState, StateStore, StateWriter } from "./ports/customer-state.js";
export type { RecordMark, RecordSource, SourceRecord } from "./ports/record-source.js";
export type { Bilingual, Cell, ReportCard, ReportCards, ReportCardSection, ReportChart, ReportData, ReportFigures, ReportPart, ReportTable, ReportText } from "./ports/report-data.js";

export { engineVersion } from "./engine-version.js";
export { createUnitEngine, type UnitEngine, type UnitEngineOptions } from "./unit-engine.js";
export { createEngine, type CustomerResult, type Decided, type DecideOptions, type Engine, type EngineOptions, type Evaluated, type RecordPlace, type SetAside } from "./engine.js";
export { decide, type DecideInput } from "./arbitrate/decide.js";
export type { Candidate, CustomerDecisions, Seat, Settled, Spend } from "./arbitrate/candidate.js";
export { createAllocation, type Allocation, type AllocationLimits } from "./arbitrate/allocate.js";
export { occupyFromState, occupySeats } from "./arbitrate/occupy-from-state.js";
export { reviewDay, reviewOf, type Review } from "./plan/review-day.js";
export { countDecisions, type DecisionCounts } from "./plan/count-decisions.js";
export { createSummary, type EvaluationCounts, type Summary, type SummaryInput } from "./plan/summarise.js";
export { nextState, type NextStateInput } from "./plan/next-state.js";
export { planKey, type KeyParts } from "./plan/key.js";
export { toJsonSchema, type SchemaName } from "./language/to-json-schema.js";
export { shapeToJsonSchema } from "./language/shape-to-json-schema.js";
export { defineModel, rulesOver, type FactNameOf, type ModelSource, type RangeText, type RuleCondition, type RuleValue, type TypedRule } from "./language/typed-rules.js";

// Explanations
export { describeRule, type RuleDescription, type SaidAction, type SaidCondition } from "./explain/describe-rule.js";
export { exampleTexts, type ExampleOptions, type ExampleText } from "./explain/example-texts.js";
export { explain, explainDecision, outlineRules, rulesNamed, type ExplainDay, type ExplainEngine, type ExplainOptions } from "./explain/explain.js";
export type { Answer, Change, Clause, ClauseOp, ExplainedDecision, ExplainedSubject, Explanation, FoundValue, LimitValue, RuleOutline, ShownValue, Way } from "./explain/explanation.js";
export { outcomeTexts, replayDifferences, tellDecision, type PastDecision, type ReplayDifference, type ReplayGround, type ToldDecision } from "./explain/tell-decision.js";
