/**
 * Who holds a lock, as a line of plain characters: process, when it was started, machine, and where the process has its number: on Linux which
 * start of which machine, and which namespace. There start and number together are of one process only, however often the number is given
 * again.
 */
interface Holder {
  readonly pid: number;
  /** Empty where this cannot be told. */
  readonly start: string;
  readonly hostName: string;
  readonly namespace: string;
}

export function formatHolder({ pid, start, hostName, namespace }: Holder): string {
  return [String(pid), start, hostName, namespace].map(encodeURIComponent).join(",");
}

export function parseHolder(holder: string): Holder | undefined {
  if (!/^\d{1,10}(?:,[\w.!~*'()%-]*){3}$/u.test(holder)) return undefined;
  try {
    const [pid = "", start = "", hostName = "", namespace = ""] = holder.split(",").map(decodeURIComponent);
    return { pid: Number(pid), start, hostName, namespace };
  } catch {
    return undefined;
  }
}

/** Its number, where it can be read. */
export function pidOf(holder: string): number | undefined {
  return parseHolder(holder)?.pid;
}

/** As it is shown to a person. */
export function nameHolder(holder: string): string {
  const { pid, hostName } = parseHolder(holder) ?? {};
  return pid === undefined || hostName === undefined ? "another process" : `process ${pid} of ${hostName}`;
}
