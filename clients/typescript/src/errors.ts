import type {Problem, Violation} from "./types.js";

/** The server answered, and the answer is no. */
export class Refused extends Error {
  override readonly name = "Refused";

  constructor(
    /** The HTTP status. */
    readonly status: number,
    /** Stable and for programs, such as `task_not_found`; `http_502` when it was not Errand that answered. */
    readonly code: string,
    detail: string,
    /** What is wrong with each field of what was sent. */
    readonly violations: readonly Violation[],
    /** Seconds after which to try again, where the server said so. */
    readonly retryAfter: number | undefined,
  ) {
    super(detail);
  }

  /** Whether the same request may be granted a little later. */
  get passing(): boolean {
    return this.status === 429 || (this.status >= 502 && this.status <= 504);
  }

  static async of(response: Response): Promise<Refused> {
    const retryAfter = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
    const problem: Partial<Problem> = await response.json().catch(() => ({})) ?? {};
    return new Refused(
      response.status,
      problem.code ?? `http_${response.status}`,
      problem.detail ?? `HTTP ${response.status} from ${response.url}, and no reason given.`,
      problem.errors ?? [],
      Number.isNaN(retryAfter) ? undefined : retryAfter,
    );
  }
}

/** No Errand server answered. Whether a request took effect is unknown. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}
