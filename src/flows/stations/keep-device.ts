import { formatDevice, type KeptDevice, readDevice } from "../../cache/device.ts";
import type { Parts } from "../parts.ts";
import { keepSecret } from "./keep-file.ts";

/** Changes what is known of this device, and leaves the rest as it was. */
export async function keepDevice(
  parts: Pick<Parts, "world" | "keeping">,
  file: string | undefined,
  change: Partial<KeptDevice>,
): Promise<void> {
  const before = readDevice(file, parts.keeping.open);
  const content = formatDevice({ ...before, ...change });
  if (content !== formatDevice(before)) await keepSecret(parts, file, content);
}
