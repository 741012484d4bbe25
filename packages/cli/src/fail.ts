/** Exit codes: 1 = findings (errors in a pack, failed tests), 2 = usage or environment. */
export type FailureCode = 1 | 2;

/** Ends a command with an exit code, after everything there is to say was printed. */
export class CommandFailure extends Error {
  constructor(readonly code: FailureCode) {
    super(`exit ${code}`);
    this.name = "CommandFailure";
  }
}

/** Ends the command that runs. */
export function fail(code: FailureCode): never {
  throw new CommandFailure(code);
}
