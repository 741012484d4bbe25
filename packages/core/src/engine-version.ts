/** Version of the engine, as evidence carries it; a test holds it to package.json. */
export const engineVersion = "0.1.0";
