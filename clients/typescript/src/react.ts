import {useCallback, useEffect, useRef, useState} from "react";
import type {ErrandClient} from "./client.js";
import {ended, type Task} from "./types.js";
import type {WatchOptions, WatchState} from "./watch.js";

export interface UseTaskOptions extends Pick<WatchOptions, "pause" | "silenceMs"> {
  /** Hears once of the task's end: the place for a notification. */
  onEnd?: (task: Task) => void;
}

export interface UseTask {
  /** Absent until the server has answered for the first time. */
  task: Task | undefined;
  /** Why the task cannot be followed, such as `Refused` for one that is not there. */
  error: Error | undefined;
  /** Whether it has not ended, as far as is known. */
  active: boolean;
  /** How its news come. */
  state: WatchState;
  cancel: () => Promise<void>;
  /** Sets a failed or cancelled task going again, and follows it again. */
  retry: () => Promise<void>;
}

interface Seen {
  id: string | undefined;
  task: Task | undefined;
  error: Error | undefined;
}

/**
 * A task, kept up to date until it has ended: live where events can be streamed, and otherwise asked for after 1 s, then half
 * as long again each time, 30 s at most. A server that is away is waited for as long as the component is there.
 *
 * @param id nothing while there is no task yet
 */
export function useTask(client: ErrandClient, id: string | null | undefined, options: UseTaskOptions = {}): UseTask {
  const asked = id ?? undefined;
  const [seen, setSeen] = useState<Seen>({id: undefined, task: undefined, error: undefined});
  const [state, setState] = useState<WatchState>("waiting");
  const [life, setLife] = useState(0);
  const latest = useRef(options);
  latest.current = options;

  const goesAgain = useRef(false);
  useEffect(() => {
    if (asked === undefined) {
      return undefined;
    }
    const leaving = new AbortController();
    const {pause, silenceMs} = latest.current;
    const watchOptions: WatchOptions = {
      signal: leaving.signal,
      patienceMs: Number.POSITIVE_INFINITY,
      onState: setState,
      ...(pause && {pause}),
      ...(silenceMs !== undefined && {silenceMs}),
    };
    const follow = async () => {
      // Of a task that was set going again the end is news, however soon it comes.
      let active = goesAgain.current;
      goesAgain.current = false;
      for await (const task of client.follow(asked, watchOptions)) {
        if (leaving.signal.aborted) {
          return;
        }
        setSeen({id: asked, task, error: undefined});
        if (active && ended(task)) {
          latest.current.onEnd?.(task);
        }
        active = !ended(task);
      }
    };
    follow().catch((error: unknown) => {
      if (!leaving.signal.aborted) {
        setSeen((before) => ({
          id: asked,
          task: before.id === asked ? before.task : undefined,
          error: error instanceof Error ? error : new Error(String(error)),
        }));
      }
    });
    return () => leaving.abort();
  }, [client, asked, life]);

  const cancel = useCallback(async () => {
    if (asked !== undefined) {
      await client.cancel(asked);
    }
  }, [client, asked]);
  const retry = useCallback(async () => {
    if (asked !== undefined) {
      await client.retry(asked);
      goesAgain.current = true;
      setLife((before) => before + 1);
    }
  }, [client, asked]);

  // What was seen of another task says nothing about this one.
  const current = seen.id === asked ? seen : undefined;
  const task = current?.task;
  const error = current?.error;
  const active = asked !== undefined && error === undefined && (task === undefined || !ended(task));
  return {task, error, active, state, cancel, retry};
}
