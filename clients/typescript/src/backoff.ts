const FIRST_MS = 1_000;
const FACTOR = 1.5;
const LONGEST_MS = 30_000;

/** Waits `ms`, or until `signal` is aborted, and then throws its reason. */
export type Pause = (ms: number, signal: AbortSignal | undefined) => Promise<void>;

/** Pauses that grow while nothing happens: 1 s, then half as long again each time, 30 s at most. */
export class Backoff {
  #next = FIRST_MS;

  reset(): void {
    this.#next = FIRST_MS;
  }

  next(): number {
    const now = this.#next;
    this.#next = Math.min(now * FACTOR, LONGEST_MS);
    return now;
  }
}

export const pause: Pause = (ms, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted) {
      stop();
    } else {
      signal?.addEventListener("abort", stop, {once: true});
    }
  });
