import type { FaultGateway, GatewayEffect, GatewayFault } from "@evertend/testing";

/** How a delivery at the gateway below can fail. */
export class GatewayError extends Error {
  constructor(readonly kind: "refused" | "busy" | "lost" | "stopped", to: string) {
    // As real gateways do, it repeats the address.
    super(`${kind}: ${to}`);
  }
}

/** A gateway in memory that absorbs repeated keys and can be told to fail. */
export class MemoryGateway implements FaultGateway {
  readonly faults: readonly GatewayFault[] = ["refuse", "busy", "lose", "hang"];
  #fault: GatewayFault | null = null;
  #effects: GatewayEffect[] = [];

  set(fault: GatewayFault | null): void {
    this.#fault = fault;
  }

  reset(): void {
    this.#fault = null;
    this.#effects = [];
  }

  effects(): readonly GatewayEffect[] {
    return this.#effects;
  }

  async deliver(effect: GatewayEffect, signal: AbortSignal, absorbs = true): Promise<void> {
    if (this.#fault === "refuse") throw new GatewayError("refused", effect.to);
    if (this.#fault === "busy") throw new GatewayError("busy", effect.to);
    if (this.#fault === "hang") {
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      throw new GatewayError("stopped", effect.to);
    }
    if (!absorbs || !this.#effects.some(({ key }) => key === effect.key)) this.#effects.push(effect);
    if (this.#fault === "lose") throw new GatewayError("lost", effect.to);
  }
}
