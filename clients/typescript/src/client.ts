import {Http, queryString, type Call, type Token} from "./http.js";
import {Schedules} from "./schedules.js";
import {
  ended,
  type AcceptedBatch,
  type Artifact,
  type Attempt,
  type Batch,
  type Budgets,
  type DeadLetterQuery,
  type Health,
  type Limits,
  type LogLine,
  type PageFetch,
  type Queue,
  type QueueLimits,
  type Research,
  type Retried,
  type RetryRequest,
  type Search,
  type SearchBatch,
  type Submission,
  type Task,
  type TaskEvent,
  type TaskPage,
  type TaskQuery,
  type Worker,
} from "./types.js";
import {Watch, type WatchOptions} from "./watch.js";

export interface ErrandOptions {
  /** Such as `http://127.0.0.1:8080`; in a page of the server's own, nothing at all. */
  url?: string;
  /** Without one a browser's session counts. */
  token?: Token;
  /** Another `fetch` than the global one. */
  fetch?: typeof fetch;
}

export interface SubmitOptions {
  /** The same key and submission give the same task back. One of its own unless given. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * Calls one Errand server as one user.
 *
 * Every method rejects with `Refused` when the server says no, and with `Unreachable` when none answers.
 */
export class ErrandClient {
  readonly #http: Http;
  /** Rules that submit tasks. */
  readonly schedules: Schedules;

  constructor(options: ErrandOptions = {}) {
    const fetching = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.#http = new Http(options.url ?? "", options.token, fetching);
    this.schedules = new Schedules(this.#http);
  }

  /** Submits a task; when this resolves, it is on disk. */
  submit(submission: Submission, options: SubmitOptions = {}): Promise<Task> {
    return this.#submit("/tasks", submission, options);
  }

  /** Submits 1 to 1,000 tasks, all or none. */
  submitBatch(tasks: Submission[], options: SubmitOptions = {}): Promise<AcceptedBatch> {
    return this.#submit("/tasks/batch", {tasks}, options);
  }

  /** Asks for a cited report. */
  research(research: Research, options: SubmitOptions = {}): Promise<Task> {
    return this.#submit("/research", research, options);
  }

  /** Searches. */
  search(search: Search, options: SubmitOptions = {}): Promise<Task> {
    return this.#submit("/search", search, options);
  }

  /** Searches for several things at once. */
  searchBatch(batch: SearchBatch, options: SubmitOptions = {}): Promise<Task> {
    return this.#submit("/search/batch", batch, options);
  }

  /** Has a page fetched. */
  fetchPage(page: PageFetch, options: SubmitOptions = {}): Promise<Task> {
    return this.#submit("/fetch", page, options);
  }

  task(id: string, signal?: AbortSignal): Promise<Task> {
    return this.#http.json(task(id), {signal});
  }

  /** One page of one's own tasks, newest first. */
  tasks(query: TaskQuery = {}): Promise<TaskPage> {
    return this.#http.json(`/tasks${queryString(query)}`);
  }

  /** All of one's own tasks that `query` lets through, page by page, newest first. */
  async *allTasks(query: TaskQuery = {}): AsyncGenerator<Task> {
    let page = await this.tasks(query);
    yield* page.tasks;
    while (page.next_cursor !== null) {
      page = await this.tasks({...query, cursor: page.next_cursor});
      yield* page.tasks;
    }
  }

  batch(id: string): Promise<Batch> {
    return this.#http.json(`/batches/${encodeURIComponent(id)}`);
  }

  /** Asks the task to stop; it may go on for a moment. */
  cancel(id: string): Promise<Task> {
    return this.#post(`${task(id)}/cancel`);
  }

  /** Puts a failed or cancelled task back in its queue, its finished steps kept. */
  retry(id: string): Promise<Task> {
    return this.#post(`${task(id)}/retry`);
  }

  async attempts(id: string): Promise<Attempt[]> {
    return (await this.#http.json<{attempts: Attempt[]}>(`${task(id)}/attempts`)).attempts;
  }

  /** The events after number `after` that one page holds. */
  async events(id: string, after = 0): Promise<TaskEvent[]> {
    return (await this.#http.json<{events: TaskEvent[]}>(`${task(id)}/events?after=${after}`)).events;
  }

  /**
   * Follows a task until it has ended: each event exactly once, in order, over cut connections and restarts of
   * the server. Events are streamed; where something on the way breaks streams they are asked for again and again,
   * after 1 s, then half as long again each time, 30 s at most. The generator returns the task as it ended.
   */
  watch(id: string, options: WatchOptions = {}): AsyncGenerator<TaskEvent, Task, undefined> {
    return new Watch(this.#http, id, options).events();
  }

  /** The task as it stands now, and again whenever something has happened to it, until it has ended. */
  async *follow(id: string, options: WatchOptions = {}): AsyncGenerator<Task, void, undefined> {
    const first = await this.task(id, options.signal);
    yield first;
    if (ended(first)) {
      return;
    }
    const leaving = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, leaving.signal]) : leaving.signal;
    const news = new News(this.watch(id, {...options, signal}));
    try {
      // However much happens between two looks at the task, it is one look.
      while (await news.more()) {
        yield await this.task(id, signal);
      }
      yield news.end();
    } finally {
      leaving.abort();
    }
  }

  /** Waits until a task has ended. */
  async wait(id: string, options: WatchOptions = {}): Promise<Task> {
    const watching = this.watch(id, options);
    let step = await watching.next();
    while (step.done !== true) {
      step = await watching.next();
    }
    return step.value;
  }

  /** The log so far, oldest line first. */
  async log(id: string): Promise<LogLine[]> {
    const response = await this.#http.send(`${task(id)}/log`, {headers: {Accept: "application/x-ndjson"}});
    const lines = (await response.text()).split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as LogLine);
  }

  /** Adds an artifact to one of one's own tasks. */
  upload(taskId: string, type: string, contentType: string, content: Uint8Array | string): Promise<Artifact> {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    return this.#post("/artifacts", {
      task_id: taskId,
      type,
      content_type: contentType,
      data_base64: base64(bytes),
    });
  }

  /** What is known of an artifact without its bytes. */
  artifact(id: string): Promise<Artifact> {
    return this.#http.json(`/artifacts/${encodeURIComponent(id)}/meta`);
  }

  async download(id: string): Promise<Blob> {
    const headers = {Accept: "*/*"};
    return (await this.#http.send(`/artifacts/${encodeURIComponent(id)}`, {headers})).blob();
  }

  /** One page of the tasks that failed, newest first. */
  deadLetters(query: DeadLetterQuery = {}): Promise<TaskPage> {
    return this.#http.json(`/dead-letters${queryString(query)}`);
  }

  /** Puts failed tasks back in their queues. */
  retryDeadLetters(which: RetryRequest): Promise<Retried> {
    return this.#post("/dead-letters/retry", which);
  }

  async queues(): Promise<Queue[]> {
    return (await this.#http.json<{queues: Queue[]}>("/queues")).queues;
  }

  pauseQueue(name: string): Promise<Queue> {
    return this.#post(`/queues/${encodeURIComponent(name)}/pause`);
  }

  resumeQueue(name: string): Promise<Queue> {
    return this.#post(`/queues/${encodeURIComponent(name)}/resume`);
  }

  limitQueue(name: string, limits: QueueLimits): Promise<Queue> {
    return this.#http.json(`/queues/${encodeURIComponent(name)}`, {method: "PUT", body: limits});
  }

  async workers(): Promise<Worker[]> {
    return (await this.#http.json<{workers: Worker[]}>("/workers")).workers;
  }

  limits(): Promise<Limits> {
    return this.#http.json("/limits");
  }

  budgets(): Promise<Budgets> {
    return this.#http.json("/budgets");
  }

  health(): Promise<Health> {
    return this.#http.json("/health");
  }

  #submit<T>(path: string, body: unknown, options: SubmitOptions): Promise<T> {
    const call: Call = {
      method: "POST",
      // A key of its own: stored once however often the network repeats the request.
      headers: {"Idempotency-Key": options.idempotencyKey ?? crypto.randomUUID()},
      body,
      signal: options.signal,
    };
    return this.#http.json(path, call);
  }

  #post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.#http.json(path, {method: "POST", body});
  }
}

/** Hears of events while somebody is busy with the ones before. */
class News {
  readonly #watching: AsyncGenerator<TaskEvent, Task, undefined>;
  #fresh = false;
  #wake: () => void = () => undefined;
  #end: Task | undefined;
  #failure: {error: unknown} | undefined;

  constructor(watching: AsyncGenerator<TaskEvent, Task, undefined>) {
    this.#watching = watching;
    this.#hear().catch((error: unknown) => {
      this.#failure = {error};
    }).finally(() => this.#wake());
  }

  async #hear(): Promise<void> {
    let step = await this.#watching.next();
    while (step.done !== true) {
      this.#fresh = true;
      this.#wake();
      step = await this.#watching.next();
    }
    this.#end = step.value;
  }

  /** Waits for news; false when there will be no more. */
  async more(): Promise<boolean> {
    while (!this.#fresh && this.#end === undefined && this.#failure === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure !== undefined) {
      throw this.#failure.error;
    }
    this.#fresh = false;
    return this.#end === undefined;
  }

  end(): Task {
    if (this.#end === undefined) {
      throw new Error("The task has not ended.");
    }
    return this.#end;
  }
}

function task(id: string): string {
  return `/tasks/${encodeURIComponent(id)}`;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}
