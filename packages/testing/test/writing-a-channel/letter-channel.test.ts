import { rm } from "node:fs/promises";
import { afterAll, test } from "vitest";
import { runChannelConformance } from "@evertend/testing";
import { letterChannel } from "./letter-channel.js";
import { PrintRoom } from "./print-room.js";

const gateway = new PrintRoom();
afterAll(() => rm(gateway.directory, { recursive: true, force: true }));

runChannelConformance(test, {
  channel: letterChannel,
  gateway,
  config: () => ({ directory: gateway.directory, sender: "示例银行" }),
});
