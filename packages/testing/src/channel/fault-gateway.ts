/**
 * What can go wrong at a gateway.
 *
 * - `refuse`: it says no, and no for good.
 * - `busy`: it asks to come back later.
 * - `lose`: it takes the message, and the line goes dead before it answers.
 * - `hang`: it takes the connection and never answers.
 */
export type GatewayFault = "refuse" | "busy" | "lose" | "hang";

/** One message that reached the gateway. */
export interface GatewayEffect {
  /** Key of the touch, as far as the wire carries it. */
  readonly key: string;
  readonly to: string;
  readonly text: string;
}

/**
 * The other end, as a test sees it: a real server on loopback, a folder, or a fake. The conformance kit tells it to
 * fail and looks at what arrived.
 */
export interface FaultGateway {
  /** The faults that this gateway can make; clauses that need another one are not applicable. */
  readonly faults: readonly GatewayFault[];
  /** From now on every message meets this fault; `null` heals the gateway. */
  set(fault: GatewayFault | null): void | Promise<void>;
  /** What arrived since the last `reset`, in order. */
  effects(): readonly GatewayEffect[] | Promise<readonly GatewayEffect[]>;
  /** Heals the gateway and forgets what arrived. */
  reset(): void | Promise<void>;
}
