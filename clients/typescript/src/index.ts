export {ErrandClient, type ErrandOptions, type SubmitOptions} from "./client.js";
export {Refused, Unreachable} from "./errors.js";
export type {Token} from "./http.js";
export {Schedules} from "./schedules.js";
export * from "./types.js";
export type {WatchOptions, WatchState} from "./watch.js";
