import { createEnvironment, definePlugin } from "@evertend/core";
import { letterChannel } from "./letter-channel.js";

export const letterPlugin = definePlugin({ name: "letter", channels: [letterChannel] });

export const environment = createEnvironment([letterPlugin]);
