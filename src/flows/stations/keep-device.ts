import { formatDevice, type KeptDevice, readDevice } from "../../cache/device.ts";
import type { Parts } from "../parts.ts";
import { keepFile } from "./keep-file.ts";

/** Changes what is known of this device, and leaves the rest as it was. */
export async function keepDevice({ world }: Pick<Parts, "world">, file: string | undefined, change: Partial<KeptDevice>): Promise<void> {
  const before = readDevice(file);
  const content = formatDevice({ ...before, ...change });
  if (content !== formatDevice(before)) await keepFile(world, file, content);
}
