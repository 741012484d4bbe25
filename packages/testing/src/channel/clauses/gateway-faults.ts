import type { SendOutcome } from "@evertend/core";
import type { Clause } from "../clause.js";
import type { GatewayFault } from "../fault-gateway.js";

const faults: readonly GatewayFault[] = ["refuse", "busy", "lose"];

export const gatewayFaults: Clause = {
  id: "gateway-faults",
  title: { "zh-CN": "网关的拒绝、繁忙与失联各有对应结果", en: "A gateway's no, later and silence are told apart" },
  applies: ({ gateway }) => (gateway.faults.some((fault) => faults.includes(fault)) ? null : "the gateway under test makes none of these faults"),
  async run(context) {
    const { idempotency } = context.channel.capabilities;
    const expected: Record<string, readonly SendOutcome["outcome"][]> = {
      refuse: ["permanent"],
      busy: ["retryable", "throttled"],
      // A repeated key does no harm where the gateway absorbs it, so there "try again" is honest too.
      lose: idempotency === "native" ? ["unknown", "retryable"] : ["unknown"],
    };
    const open = await context.open();
    for (const fault of faults.filter((name) => context.gateway.faults.includes(name))) {
      await context.fault(fault);
      const [outcome] = await context.send(open, [context.touch()], `"${fault}"`);
      const allowed = expected[fault] ?? [];
      if (outcome !== undefined) context.expect(allowed.includes(outcome.outcome), `"${fault}" is ${outcome.outcome}, expected ${allowed.join(" or ")}`);
    }
  },
};
