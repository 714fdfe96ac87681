import assert from "node:assert/strict";
import {test} from "node:test";
import type {ErrandClient, WatchOptions} from "../src/index.js";
import {client, forward, Proxy, streams, type Meddling} from "./live.js";

const errand = client();
const nap = () => errand.submit({type: "sleep", params: {seconds: 0.8}});

/** Does not wait long, and remembers how long it should have. */
function hurried(): {pauses: number[]; pause: NonNullable<WatchOptions["pause"]>} {
  const pauses: number[] = [];
  return {
    pauses,
    pause: async (ms, signal) => {
      pauses.push(ms);
      await new Promise((resolve) => setTimeout(resolve, ms / 100));
      signal?.throwIfAborted();
    },
  };
}

async function heard(watcher: ErrandClient, id: string, options: WatchOptions = {}): Promise<number[]> {
  const numbers = [];
  for await (const event of watcher.watch(id, options)) {
    numbers.push(event.id);
  }
  return numbers;
}

/** Every event once, in order, whatever was in the way. */
async function assertWhole(numbers: number[], id: string): Promise<void> {
  assert.deepEqual(numbers, (await errand.events(id)).map((event) => event.id));
  assert.ok(numbers.length >= 3);
}

async function through(meddling: Meddling, watching: (proxy: Proxy, watcher: ErrandClient) => Promise<void>) {
  const proxy = await Proxy.start(meddling);
  try {
    await watching(proxy, client({url: proxy.url}));
  } finally {
    proxy.stop();
  }
}

test("events are streamed and the task comes last", async () => {
  const {id} = await nap();
  const states: string[] = [];
  const watching = errand.watch(id, {onState: (state) => states.push(state)});
  const types = [];
  let step = await watching.next();
  for (; step.done !== true; step = await watching.next()) {
    types.push(step.value.type);
  }

  assert.equal(step.value.status, "completed");
  assert.equal(types.at(-1), "completed");
  assert.ok(types.includes("progress"));
  assert.deepEqual(states, ["live"]);
});

test("a stream that is cut goes on after the last event", async () => {
  let cuts = 0;
  const meddling: Meddling = (request, response, pass) => {
    if (streams(request) && cuts < 3) {
      cuts += 1;
      forward(request, response, 120);
    } else {
      pass();
    }
  };
  await through(meddling, async (proxy, watcher) => {
    const {id} = await nap();
    const {pause, pauses} = hurried();

    await assertWhole(await heard(watcher, id, {pause}), id);
    assert.ok(proxy.asked.filter(streams).at(-1)?.headers["last-event-id"] !== undefined);
    assert.deepEqual(pauses, pauses.map(() => 1000));
  });
});

for (const [how, meddling] of Object.entries<Meddling>({
  "turns streams into something else": (request, response, pass) =>
    streams(request) ? response.writeHead(200, {"Content-Type": "text/html"}).end("<p>") : pass(),
  "ends every stream at once": (request, response, pass) =>
    streams(request) ? response.writeHead(200, {"Content-Type": "text/event-stream"}).end() : pass(),
  "keeps streams to itself": (request, _response, pass) => (streams(request) ? undefined : pass()),
  "lets no byte of a stream through": (request, response, pass) =>
    streams(request) ? response.writeHead(200, {"Content-Type": "text/event-stream"}).flushHeaders() : pass(),
})) {
  test(`where a proxy ${how}, events are asked for`, () =>
    through(meddling, async (_, watcher) => {
      const {id} = await nap();
      const states: string[] = [];
      const options = {pause: hurried().pause, silenceMs: 150, onState: (state: string) => states.push(state)};

      await assertWhole(await heard(watcher, id, options), id);
      assert.equal(states.at(-1), "polling");
    }));
}

test("a server that is away is asked after 1 s, then half as long again each time, 30 s at most", async () => {
  const {pause, pauses} = hurried();
  const states: string[] = [];
  let down = 11;
  const meddling: Meddling = (_, response, pass) => {
    down -= 1;
    if (down >= 0) {
      response.writeHead(503).end();
    } else {
      pass();
    }
  };
  await through(meddling, async (_, watcher) => {
    const {id} = await errand.submit({type: "echo", params: {}});
    await errand.wait(id);
    await assertWhole(await heard(watcher, id, {pause, onState: (state) => states.push(state)}), id);
  });

  assert.deepEqual(pauses.slice(0, 3), [1000, 1500, 2250]);
  assert.deepEqual(pauses.slice(9, 11), [30_000, 30_000]);
  assert.equal(states.at(-1), "live", "it streams again as soon as it can");
});

test("a server that stays away is given up", async () => {
  const watching = heard(client({url: "http://127.0.0.1:1"}), "x", {pause: hurried().pause, patienceMs: 50});

  await assert.rejects(watching, {name: "Unreachable"});
});

test("a task that is not there is not waited for", async () => {
  await assert.rejects(heard(errand, crypto.randomUUID()), {code: "task_not_found"});
});

test("watching ends when it is aborted, and when its loop is left", async () => {
  const {id} = await errand.submit({type: "echo", params: {}, delay_seconds: 3600});
  const abort = new AbortController();
  const watching = heard(errand, id, {signal: abort.signal});
  abort.abort(new Error("enough"));

  await assert.rejects(watching, /enough/);
  for await (const event of errand.watch(id)) {
    assert.equal(event.id, 1);
    break;
  }
  await errand.cancel(id);
});

test("following shows the task as it changes, and last as it ended", async () => {
  const {id} = await nap();
  const seen = [];
  for await (const task of errand.follow(id)) {
    seen.push(task);
  }

  assert.equal(seen.at(-1)?.status, "completed");
  assert.ok(seen.some((task) => task.status === "running"));
});
