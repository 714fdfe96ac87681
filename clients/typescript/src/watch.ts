import {Backoff, pause, type Pause} from "./backoff.js";
import {Refused, Unreachable} from "./errors.js";
import {frames} from "./event-stream.js";
import type {Http} from "./http.js";
import {ended, terminal, type Task, type TaskEvent} from "./types.js";

/** The server says something every ten seconds: a stream that is silent for longer is none. */
const SILENCE_MS = 25_000;

/** So many streams in a row that brought nothing, and the next one will not either. */
const BARREN_STREAMS = 3;

export interface WatchOptions {
  /** Number of the last event that is already known. */
  after?: number;
  /** Ends the watching; what is aborted throws the signal's reason. */
  signal?: AbortSignal | undefined;
  /** How long no server may answer before the watching gives up, 3 minutes unless given. */
  patienceMs?: number;
  /** Hears how events come, and how long until they are asked for again. */
  onState?: (state: WatchState) => void;
  /** Passes time; a test's passes at once. */
  pause?: Pause;
  /** How long a stream may be silent before it counts as broken. */
  silenceMs?: number;
}

/** `live`: events are streamed. `polling`: asked for again and again. `waiting`: the server does not answer just now. */
export type WatchState = "live" | "polling" | "waiting";

/** Follows one task, over cut connections and restarts of the server. */
export class Watch {
  readonly #http: Http;
  readonly #path: string;
  readonly #options: WatchOptions;
  readonly #pause: Pause;
  readonly #backoff = new Backoff();
  #last: number;
  #lastType = "";
  #barren = 0;
  #lastAnswer = Date.now();
  #endedBefore = false;

  constructor(http: Http, id: string, options: WatchOptions) {
    this.#http = http;
    this.#path = `/tasks/${encodeURIComponent(id)}`;
    this.#options = options;
    this.#pause = options.pause ?? pause;
    this.#last = options.after ?? 0;
  }

  /** Each event exactly once, in order; returns the task when it has ended. */
  async *events(): AsyncGenerator<TaskEvent, Task, undefined> {
    for (;;) {
      const before = this.#last;
      try {
        yield* this.#barren < BARREN_STREAMS ? this.#stream() : this.#poll();
        this.#lastAnswer = Date.now();
        if (terminal(this.#lastType) || this.#last === before) {
          const task = await this.#endedTask();
          if (task !== undefined) {
            return task;
          }
        }
      } catch (error) {
        this.#bear(error);
      }
      if (this.#last > before) {
        this.#backoff.reset();
      }
      await this.#pause(this.#backoff.next(), this.#options.signal);
    }
  }

  async *#stream(): AsyncGenerator<TaskEvent> {
    const silence = new Silence(this.#options.silenceMs ?? SILENCE_MS, this.#options.signal);
    try {
      const headers: Record<string, string> = {Accept: "text/event-stream"};
      if (this.#last > 0) {
        headers["Last-Event-ID"] = String(this.#last);
      }
      const response = await this.#http.send(`${this.#path}/events`, {headers, signal: silence.signal});
      silence.broken();
      if (response.status === 204) {
        return;
      }
      if (!response.headers.get("Content-Type")?.startsWith("text/event-stream") || response.body === null) {
        this.#barren = BARREN_STREAMS;
        await response.body?.cancel();
        return;
      }
      this.#options.onState?.("live");
      // Only a stream that began can be barren: a server that is away says nothing about what is on the way to it.
      this.#barren += 1;
      for await (const frame of frames(response.body, () => silence.broken())) {
        const event = parsed(frame.id, frame.type, frame.data);
        if (event.id > this.#last) {
          this.#barren = 0;
          this.#take(event);
          // Whoever hears of it may take their time.
          silence.hold();
          yield event;
          silence.broken();
        }
      }
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      if (silence.lasted) {
        // Something on the way keeps what the server says to itself.
        this.#barren = BARREN_STREAMS;
      } else if (error instanceof Refused || error instanceof Unreachable) {
        throw error;
      }
      // Otherwise the connection was cut: the next round goes on after the last event that came through.
    } finally {
      silence.end();
    }
  }

  async *#poll(): AsyncGenerator<TaskEvent> {
    this.#options.onState?.("polling");
    for (;;) {
      const page = await this.#http.json<{events: TaskEvent[]}>(`${this.#path}/events?after=${this.#last}`, {
        signal: this.#options.signal,
      });
      const fresh = page.events.filter((event) => event.id > this.#last);
      if (fresh.length === 0) {
        return;
      }
      for (const event of fresh) {
        this.#take(event);
        yield event;
      }
    }
  }

  #take(event: TaskEvent): void {
    this.#last = event.id;
    this.#lastType = event.type;
  }

  /** A failed task that was retried has a terminal event in the middle: only the task knows. */
  async #endedTask(): Promise<Task | undefined> {
    const task = await this.#http.json<Task>(this.#path, {signal: this.#options.signal});
    // Between the last read and this look the task may have ended with events still to be read.
    const nothingUnread = this.#lastType === task.status || this.#endedBefore;
    this.#endedBefore = ended(task);
    return this.#endedBefore && nothingUnread ? task : undefined;
  }

  #bear(error: unknown): void {
    this.#options.signal?.throwIfAborted();
    const mayPass = error instanceof Unreachable || (error instanceof Refused && error.passing);
    if (!mayPass || Date.now() - this.#lastAnswer >= (this.#options.patienceMs ?? 180_000)) {
      throw error;
    }
    this.#options.onState?.("waiting");
  }
}

/** An event of a stream, whose data has its time among what belongs to it. */
function parsed(id: string, type: string, text: string): TaskEvent {
  const {at, ...data} = JSON.parse(text) as {at: string};
  if (!/^\d+$/.test(id)) {
    throw new Error(`An event's id is no number: ${id}`);
  }
  return {id: Number(id), type, at, data};
}

/** Aborts what has been silent for too long, or what its owner aborts. */
class Silence {
  readonly #controller = new AbortController();
  readonly #ms: number;
  readonly #outer: AbortSignal | undefined;
  readonly #stop = () => this.#controller.abort(this.#outer?.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;
  lasted = false;

  constructor(ms: number, outer: AbortSignal | undefined) {
    this.#ms = ms;
    this.#outer = outer;
    outer?.throwIfAborted();
    outer?.addEventListener("abort", this.#stop, {once: true});
    this.broken();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  hold(): void {
    clearTimeout(this.#timer);
  }

  broken(): void {
    this.hold();
    this.#timer = setTimeout(() => {
      this.lasted = true;
      this.#controller.abort();
    }, this.#ms);
  }

  end(): void {
    this.hold();
    this.#outer?.removeEventListener("abort", this.#stop);
    this.#controller.abort();
  }
}
