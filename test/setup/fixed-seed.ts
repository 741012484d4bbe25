import fc from "fast-check";

/** Property tests draw the same cases everywhere; `EVERTEND_FUZZ_SEED` draws others, and a failure prints its own. */
fc.configureGlobal({ seed: Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_123) });
