import type { ContactEntry, CustomerState, OpenTask, ScheduledState } from "@evertend/core";

/** One customer's state as a line: keys in one order, so that equal states are equal bytes. */
export function stateLine(state: CustomerState): string {
  const { customerId, asOf, reviewOn, record, setAside, lastFacts, episodes, keys, contacts, openTasks, seats } = state;
  const ordered = {
    customerId,
    asOf,
    ...(reviewOn === undefined ? {} : { reviewOn }),
    ...(record === undefined ? {} : { record }),
    ...(setAside === undefined ? {} : { setAside }),
    lastFacts: sorted(lastFacts),
    episodes: sorted(episodes),
    keys: sorted(keys),
    contacts: contacts.map((contact) => sorted(contact)),
    openTasks: openTasks.map((task) => sorted(task)),
    ...(seats === undefined ? {} : { seats: sorted(seats) }),
  };
  return `${JSON.stringify(ordered)}\n`;
}

function sorted<T extends object>(record: T): T {
  const keys = Object.keys(record);
  // Mostly they are: what the run writes comes in order.
  if (keys.every((key, i) => i === 0 || (keys[i - 1] as string) < key)) return record;
  const entries = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // `fromEntries` defines its keys: "__proto__" is a key like any other.
  return Object.fromEntries(entries) as T;
}

/** Reads a line that `stateLine` wrote; `undefined` where it is none. */
export function readStateLine(line: string): CustomerState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isState(value) ? value : undefined;
}

/** How a line begins; see `stateLine`. */
const head = /^\{"customerId":("(?:[^"\\]|\\.)*"),"asOf":"(\d{4}-\d{2}-\d{2})"(?:,"reviewOn":(?:null|"(\d{4}-\d{2}-\d{2})"))?(?:,"record":"([\w+/=-]*)")?(,"setAside":true)?,/;

/** What the schedule needs of a line, from its beginning alone; `undefined` where it is no line of a state. */
export function readSchedule(line: string): ScheduledState | undefined {
  const found = head.exec(line);
  if (!found) return undefined;
  const [whole, id = '""', asOf = "", reviewOn, record, setAside] = found;
  return {
    customerId: id.includes("\\") ? (JSON.parse(id) as string) : id.slice(1, -1),
    asOf,
    ...(reviewOn !== undefined ? { reviewOn } : whole.includes(',"reviewOn":null', id.length) ? { reviewOn: null } : {}),
    ...(record === undefined ? {} : { record }),
    ...(setAside === undefined ? {} : { setAside: true }),
  };
}

/** What lines of `stateLine` begin with, each with its line. */
export function* headsOf(lines: string): Generator<ScheduledState & { readonly line: string }> {
  for (let from = 0; from < lines.length;) {
    const to = lines.indexOf("\n", from);
    const line = lines.slice(from, to);
    const known = to < 0 ? undefined : readSchedule(line);
    if (!known) throw new Error("what is written is no line of a state");
    yield { ...known, line };
    from = to + 1;
  }
}

function isState(value: unknown): value is CustomerState {
  if (!isRecord(value)) return false;
  const { customerId, asOf, reviewOn, record, setAside, lastFacts, episodes, keys, contacts, openTasks, seats } = value;
  return (
    (reviewOn === undefined || reviewOn === null || typeof reviewOn === "string") &&
    (record === undefined || typeof record === "string") &&
    (setAside === undefined || setAside === true) &&
    typeof customerId === "string" &&
    typeof asOf === "string" &&
    isRecord(lastFacts) &&
    isRecord(episodes) &&
    isRecord(keys) &&
    Array.isArray(contacts) &&
    (contacts as ContactEntry[]).every((contact) => isRecord(contact) && typeof contact.date === "string" && typeof contact.channel === "string") &&
    Array.isArray(openTasks) &&
    (openTasks as OpenTask[]).every((task) => isRecord(task) && typeof task.key === "string") &&
    (seats === undefined || (isRecord(seats) && Object.values(seats).every((date) => typeof date === "string")))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
