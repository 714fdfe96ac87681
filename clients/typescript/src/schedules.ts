import {queryString, type Http} from "./http.js";
import type {NewSchedule, PageQuery, Schedule, SchedulePage, ScheduleRun} from "./types.js";

/** The schedules of one server. */
export class Schedules {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  create(schedule: NewSchedule): Promise<Schedule> {
    return this.#http.json("/schedules", {method: "POST", body: schedule});
  }

  list(query: PageQuery = {}): Promise<SchedulePage> {
    return this.#http.json(`/schedules${queryString(query)}`);
  }

  find(id: string): Promise<Schedule> {
    return this.#http.json(path(id));
  }

  replace(id: string, schedule: NewSchedule): Promise<Schedule> {
    return this.#http.json(path(id), {method: "PUT", body: schedule});
  }

  /** Changes the fields that are given; `null` stands for a field's default. */
  change(id: string, fields: Partial<NewSchedule>): Promise<Schedule> {
    return this.#http.json(path(id), {method: "PATCH", body: fields});
  }

  delete(id: string): Promise<void> {
    return this.#http.json(path(id), {method: "DELETE"});
  }

  pause(id: string): Promise<Schedule> {
    return this.#http.json(`${path(id)}/pause`, {method: "POST", body: {}});
  }

  resume(id: string): Promise<Schedule> {
    return this.#http.json(`${path(id)}/resume`, {method: "POST", body: {}});
  }

  /** Submits the schedule's task now. */
  trigger(id: string): Promise<ScheduleRun> {
    return this.#http.json(`${path(id)}/trigger`, {method: "POST", body: {}});
  }

  /** The latest moments and what became of them, newest first. */
  async runs(id: string, limit = 50): Promise<ScheduleRun[]> {
    return (await this.#http.json<{runs: ScheduleRun[]}>(`${path(id)}/runs?limit=${limit}`)).runs;
  }
}

function path(id: string): string {
  return `/schedules/${encodeURIComponent(id)}`;
}
