export { bankingPlugin } from "./banking-plugin.js";
export { cadence } from "./kinds/cadence.js";
export { occasion } from "./kinds/occasion.js";
export { offer } from "./kinds/offer.js";
export { reminder } from "./kinds/reminder.js";
export { tier } from "./kinds/tier.js";
export { watch } from "./kinds/watch.js";
