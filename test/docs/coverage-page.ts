/** One row of docs/coverage.md. */
export interface CoverageRow {
  readonly id: string;
  /** What is named in the second column, in its order. */
  readonly references: readonly Reference[];
  /** Why the row is not done: `left out`, `not yet` or `planned`; absent = done. */
  readonly open?: string;
  /** Files of the third column. */
  readonly tests: readonly string[];
}

/** Something a row names: `rule retail/visit`, `report brief`. */
export interface Reference {
  readonly sort: string;
  readonly name: string;
}

const open = /left out|not yet|planned/;

/** Reads the rows of docs/coverage.md: `| S01 | where | test |`, names in backticks. */
export function readCoveragePage(text: string): readonly CoverageRow[] {
  return [...text.matchAll(/^\| (S\d+) \| (.*) \| (.*) \|$/gm)].map(([, id = "", where = "", tests = ""]) => {
    const state = open.exec(where)?.[0];
    return {
      id,
      references: inTicks(where).map((one) => {
        const [sort = "", ...name] = one.split(" ");
        return { sort, name: name.join(" ") };
      }),
      ...(state === undefined ? {} : { open: state }),
      tests: inTicks(tests),
    };
  });
}

function inTicks(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, inner = ""]) => inner);
}
