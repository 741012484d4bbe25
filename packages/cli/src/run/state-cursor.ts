import type { CustomerState } from "@evertend/core";

/** Reads states beside a source that goes through its customers in the same order. */
export class StateCursor {
  readonly #states: AsyncIterator<CustomerState> | undefined;
  #current: CustomerState | undefined;
  #ended = false;

  constructor(states: AsyncIterable<CustomerState> | undefined) {
    this.#states = states?.[Symbol.asyncIterator]();
  }

  /** False where there is nothing to read beside the source. */
  get hasStates(): boolean {
    return this.#states !== undefined;
  }

  /** States of customers before `id`, which the source does not have, one after the other. */
  async *before(id: string): AsyncGenerator<CustomerState> {
    for (let state = await this.#peek(); state && state.customerId < id; state = await this.#peek()) {
      yield state;
      this.#current = undefined;
    }
  }

  /** The state of `id`, if there is one. It is passed over by the next `before`. */
  async take(id: string): Promise<CustomerState | undefined> {
    const state = await this.#peek();
    if (state?.customerId !== id) return undefined;
    this.#current = undefined;
    return state;
  }

  /** All states that are left. */
  async *rest(): AsyncGenerator<CustomerState> {
    for (let state = await this.#peek(); state; state = await this.#peek()) {
      yield state;
      this.#current = undefined;
    }
  }

  async close(): Promise<void> {
    await this.#states?.return?.();
  }

  async #peek(): Promise<CustomerState | undefined> {
    if (this.#current || !this.#states) return this.#current;
    if (this.#ended) return undefined;
    const next = await this.#states.next();
    if (next.done === true) this.#ended = true;
    else this.#current = next.value;
    return this.#current;
  }
}
