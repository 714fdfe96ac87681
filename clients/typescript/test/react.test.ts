import assert from "node:assert/strict";
import {after, test} from "node:test";
import {Window} from "happy-dom";
import {act, createElement} from "react";
import {createRoot, type Root} from "react-dom/client";
import type {Task} from "../src/index.js";
import {useTask, type UseTask} from "../src/react.js";
import {client} from "./live.js";

const window = new Window();
Object.assign(globalThis, {window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true});
after(() => window.close());

const errand = client();

/** A component on a page, and what its hook said last. */
class Page {
  readonly #root: Root;
  readonly ends: Task[] = [];
  said: UseTask | undefined;

  constructor() {
    this.#root = createRoot(document.createElement("div"));
  }

  async show(id: string | null): Promise<void> {
    await act(async () => this.#root.render(createElement(this.#component, {id})));
  }

  readonly #onEnd = (task: Task) => this.ends.push(task);
  readonly #component = ({id}: {id: string | null}) => {
    this.said = useTask(errand, id, {onEnd: this.#onEnd});
    return createElement("progress", {value: this.said.task?.progress ?? 0, max: 100});
  };

  async until(condition: (said: UseTask) => boolean): Promise<UseTask> {
    const deadline = Date.now() + 20_000;
    while (this.said === undefined || !condition(this.said)) {
      assert.ok(Date.now() < deadline, `still ${JSON.stringify(this.said)}`);
      await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
    }
    return this.said;
  }

  async leave(): Promise<void> {
    await act(async () => this.#root.unmount());
  }
}

test("a component shows its task until it has ended, and hears of the end once", async () => {
  const page = new Page();
  const {id} = await errand.submit({type: "sleep", params: {seconds: 0.6}});
  await page.show(id);

  assert.equal(page.said?.active, true);
  const said = await page.until((now) => !now.active);
  assert.equal(said.task?.status, "completed");
  assert.deepEqual(page.ends.map((task) => task.id), [id]);
  await page.leave();
});

test("without an id there is nothing to wait for, and another id is another task", async () => {
  const page = new Page();
  await page.show(null);
  assert.equal(page.said?.active, false);
  assert.equal(page.said?.task, undefined);

  const {id} = await errand.submit({type: "echo", params: {}});
  await page.show(id);
  assert.equal((await page.until((now) => now.task?.status === "completed")).task?.id, id);
  await page.show(null);
  assert.equal(page.said?.task, undefined);
  await page.leave();
});

test("a task is cancelled and set going again from the page", async () => {
  const page = new Page();
  const {id} = await errand.submit({type: "echo", params: {}, delay_seconds: 3600});
  await page.show(id);
  await page.until((now) => now.task?.status === "pending");

  await act(() => page.said?.cancel() ?? Promise.resolve());
  await page.until((now) => now.task?.status === "cancelled");
  await act(() => page.said?.retry() ?? Promise.resolve());
  await page.until((now) => now.task?.status === "completed");
  assert.deepEqual(page.ends.map((task) => task.status), ["cancelled", "completed"]);
  await page.leave();
});

test("a task that is not there is an error and not active", async () => {
  const page = new Page();
  await page.show(crypto.randomUUID());

  const said = await page.until((now) => now.error !== undefined);
  assert.equal(said.active, false);
  await page.leave();
});
