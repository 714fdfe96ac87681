import type {components, operations} from "./api.js";

type Schemas = components["schemas"];

export type Task = Schemas["Task"];
export type TaskStatus = Schemas["TaskStatus"];
export type TaskPage = Schemas["TaskPage"];
export type Submission = Schemas["Submission"];
export type Attempt = Schemas["Attempt"];
export type Batch = Schemas["Batch"];
export type Artifact = Schemas["Artifact"];
export type LogLine = Schemas["LogLine"];
export type NewSchedule = Schemas["NewSchedule"];
export type Schedule = Schemas["Schedule"];
export type ScheduleRun = Schemas["ScheduleRun"];
export type Queue = Schemas["Queue"];
export type Worker = Schemas["Worker"];
export type Limits = Schemas["Limits"];
export type Health = Schemas["Health"];
export type Violation = Schemas["Violation"];
export type Problem = Schemas["Problem"];

/** A fact about a task; `id` counts from 1 without gaps. */
export type TaskEvent = Schemas["Event"];

/** What `GET /tasks` is asked for. */
export type TaskQuery = NonNullable<operations["listTasks"]["parameters"]["query"]>;
export type DeadLetterQuery = NonNullable<operations["listDeadLetters"]["parameters"]["query"]>;
export type PageQuery = NonNullable<operations["listSchedules"]["parameters"]["query"]>;
export type Research = operations["submitResearch"]["requestBody"]["content"]["application/json"];
export type Search = operations["submitSearch"]["requestBody"]["content"]["application/json"];
export type SearchBatch = operations["submitSearchBatch"]["requestBody"]["content"]["application/json"];
export type PageFetch = operations["submitFetch"]["requestBody"]["content"]["application/json"];
export type QueueLimits = operations["limitQueue"]["requestBody"]["content"]["application/json"];
export type RetryRequest = operations["retryDeadLetters"]["requestBody"]["content"]["application/json"];
export type Retried = operations["retryDeadLetters"]["responses"]["200"]["content"]["application/json"];
export type AcceptedBatch = operations["submitBatch"]["responses"]["202"]["content"]["application/json"];
export type Budgets = operations["getBudgets"]["responses"]["200"]["content"]["application/json"];
export type SchedulePage = operations["listSchedules"]["responses"]["200"]["content"]["application/json"];

/** Whether the task has ended; only a retry sets it going again. */
export function ended(task: Task): boolean {
  return terminal(task.status);
}

/** Whether a task ends with a status or an event of this name. */
export function terminal(word: string): boolean {
  return word === "completed" || word === "failed" || word === "cancelled";
}
