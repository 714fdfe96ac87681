import assert from "node:assert/strict";
import {readFile} from "node:fs/promises";
import {test} from "node:test";
import openapiTS, {astToString} from "openapi-typescript";
import {Refused, Unreachable} from "../src/index.js";
import {client, token, url} from "./live.js";

const errand = client();
const echo = (msg: string) => ({type: "echo", params: {msg}});

test("the types are those that the server describes (npm run types writes them)", async () => {
  const document = await (await fetch(new URL("/openapi.json", url))).json();
  const written = await readFile(new URL("../../src/api.ts", import.meta.url), "utf8");

  assert.equal(written, astToString(await openapiTS(document)));
});

test("a task is submitted, done and found again", async () => {
  const tag = crypto.randomUUID();
  const submitted = await errand.submit({...echo("hello"), tags: [tag], max_retries: 0});
  const done = await errand.wait(submitted.id);

  assert.equal(done.status, "completed");
  assert.equal(done.progress, 100);
  assert.deepEqual((await errand.tasks({tag})).tasks.map((one) => one.id), [submitted.id]);
  assert.equal((await errand.attempts(submitted.id)).length, 1);
  assert.equal((await errand.events(submitted.id)).at(-1)?.type, "completed");
});

test("the same key gives the same task", async () => {
  const idempotencyKey = crypto.randomUUID();
  const first = await errand.submit(echo("once"), {idempotencyKey});

  assert.equal((await errand.submit(echo("once"), {idempotencyKey})).id, first.id);
  await assert.rejects(
    errand.submit(echo("twice"), {idempotencyKey}),
    (error) => error instanceof Refused && error.code === "idempotency_key_reused",
  );
});

test("a batch and its pages", async () => {
  const tag = crypto.randomUUID();
  const accepted = await errand.submitBatch([1, 2, 3].map((n) => ({...echo(String(n)), tags: [tag]})));
  const found = [];
  for await (const task of errand.allTasks({tag, limit: 2})) {
    found.push(task.id);
  }

  assert.deepEqual(found.sort(), [...accepted.task_ids].sort());
  assert.equal((await errand.batch(accepted.batch_id)).total, 3);
});

test("what is refused says what is wrong with which field", async () => {
  const error: unknown = await errand.submit({type: "echo", params: {}, max_retries: 101}).catch((e: unknown) => e);

  assert.ok(error instanceof Refused);
  assert.equal(error.status, 422);
  assert.deepEqual(error.violations, [{pointer: "/max_retries", detail: "must be 0 to 100"}]);
  assert.equal(error.passing, false);
  // An id cannot lead to another path.
  await assert.rejects(errand.task("../limits"), {status: 400});
});

test("where nobody answers, nobody is reached", async () => {
  await assert.rejects(client({url: "http://127.0.0.1:1"}).limits(), Unreachable);
});

test("a token may be one that is renewed: each call asks for it", async () => {
  const given = ["not yet", token];
  const renewing = client({token: async () => given.shift() ?? token});

  await assert.rejects(renewing.limits(), {status: 401});
  await renewing.limits();
});

test("a waiting task is cancelled and set going again", async () => {
  const task = await errand.submit({...echo("later"), delay_seconds: 3600});

  assert.equal((await errand.cancel(task.id)).status, "cancelled");
  assert.equal((await errand.retry(task.id)).status, "queued");
  await errand.wait(task.id);
});

test("artifacts come back as they were sent", async () => {
  const task = await errand.submit(echo("with an artifact"));
  const bytes = Uint8Array.from({length: 70_000}, (_, n) => n % 251);
  const artifact = await errand.upload(task.id, "note", "application/octet-stream", bytes);

  assert.equal(artifact.size, bytes.length);
  assert.deepEqual(new Uint8Array(await (await errand.download(artifact.id)).arrayBuffer()), bytes);
  assert.equal((await errand.artifact(artifact.id)).sha256, artifact.sha256);
});

test("a schedule lives its life", async () => {
  const {id} = await errand.schedules.create({cron: "@yearly", ...echo("new year"), time_zone: "Europe/Berlin"});

  assert.equal((await errand.schedules.change(id, {cron: "@daily"})).cron, "@daily");
  assert.equal((await errand.schedules.pause(id)).paused, true);
  assert.equal((await errand.schedules.resume(id)).paused, false);
  assert.equal((await errand.schedules.trigger(id)).status, "submitted");
  assert.equal((await errand.schedules.runs(id)).length, 1);
  await errand.schedules.delete(id);
  await assert.rejects(errand.schedules.find(id), {status: 404});
});

test("queues, workers, limits and health can be asked", async () => {
  assert.equal((await errand.limitQueue("from-typescript", {concurrency_limit: 3})).concurrency_limit, 3);
  assert.equal((await errand.pauseQueue("from-typescript")).paused, true);
  assert.ok((await errand.queues()).some((queue) => queue.name === "from-typescript"));
  assert.ok((await errand.workers()).length >= 1);
  assert.ok((await errand.limits()).max_batch_size >= 1);
  assert.equal((await errand.health()).status, "ok");
  assert.deepEqual((await errand.deadLetters({type: "nothing"})).tasks, []);
});
