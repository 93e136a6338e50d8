import { type Parser, record } from "../scenarios/parsers.ts";

/** What Duo knows of a person. */
// biome-ignore lint/suspicious/noEmptyInterface: its fields come with the Duo server
export interface DuoAccount {}

export const duoAccount: Parser<DuoAccount> = record({});
