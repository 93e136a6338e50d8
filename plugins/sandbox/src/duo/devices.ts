import type { DuoAccount, DuoDevice, DuoStep } from "./account.ts";

/** A device as Duo numbers it, with what it can do. */
export interface Numbered {
  readonly index: string;
  readonly key: string;
  readonly device: DuoDevice;
  /** `Duo Push`, `Phone Call`, `Passcode`. */
  readonly factors: readonly string[];
}

export function numberDevices({ devices, passcodes = [] }: DuoAccount): readonly Numbered[] {
  return devices.map((device, position) => {
    const isToken = device.push === undefined && device.call === undefined;
    const factors = [
      ...(device.push === undefined ? [] : ["Duo Push"]),
      ...(device.call === undefined ? [] : ["Phone Call"]),
      ...(passcodes.length === 0 ? [] : ["Passcode"]),
    ];
    return { index: isToken ? "token" : `phone${position + 1}`, key: `DPSANDBOX${position + 1}`, device, factors };
  });
}

export function scriptOf({ push, call }: DuoDevice, factor: string): readonly DuoStep[] {
  return (factor === "Duo Push" ? push : call) ?? [];
}
