/** The memory of the Duo server. */
// biome-ignore lint/suspicious/noEmptyInterface: its fields come with the Duo server
export interface Duo {}

export function createDuo(): Duo {
  return {};
}
