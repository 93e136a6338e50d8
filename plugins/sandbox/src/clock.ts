/** The time of a sandbox: the machine's, put forward by what a test asked for. */
export interface Clock {
  readonly now: () => Date;
  /** Without what was advanced: the time that a client on this machine signs with. */
  readonly machine: () => Date;
  readonly advance: (ms: number) => void;
}

export function createClock(machine: () => Date = () => new Date()): Clock {
  let aheadMs = 0;
  return {
    now: () => new Date(machine().getTime() + aheadMs),
    machine,
    advance: (ms) => {
      aheadMs += ms;
    },
  };
}

export function after(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}
