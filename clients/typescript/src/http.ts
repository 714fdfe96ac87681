import {Refused, Unreachable} from "./errors.js";

/** What a request is made of besides its path. */
export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** A bearer token, or what gives one for each call, such as one that is renewed. */
export type Token = string | (() => string | Promise<string>);

/** HTTP as this client needs it. */
export class Http {
  readonly #url: string;
  readonly #token: Token | undefined;
  readonly #fetch: typeof fetch;

  constructor(url: string, token: Token | undefined, fetching: typeof fetch) {
    this.#url = url.replace(/\/+$/, "");
    this.#token = token;
    this.#fetch = fetching;
  }

  /** The JSON that a request is answered with. */
  async json<T>(path: string, call: Call = {}): Promise<T> {
    const response = await this.send(path, call);
    if (response.status === 204) {
      return undefined as T;
    }
    try {
      return await response.json() as T;
    } catch (error) {
      call.signal?.throwIfAborted();
      throw new Unreachable("What answers does not speak as an Errand server does.", {cause: error});
    }
  }

  /** A granted request, its body still to be read. */
  async send(path: string, call: Call = {}): Promise<Response> {
    const headers: Record<string, string> = {Accept: "application/json", ...call.headers};
    if (this.#token !== undefined) {
      const token = typeof this.#token === "string" ? this.#token : await this.#token();
      headers["Authorization"] = `Bearer ${token}`;
    }
    const request: RequestInit = {method: call.method ?? "GET", headers, signal: call.signal ?? null};
    if (call.body !== undefined) {
      headers["Content-Type"] = "application/json";
      request.body = JSON.stringify(call.body);
    }
    let response: Response;
    try {
      response = await this.#fetch(this.#url + path, request);
    } catch (error) {
      call.signal?.throwIfAborted();
      throw new Unreachable(`No server answers at ${this.#url}.`, {cause: error});
    }
    if (!response.ok) {
      throw await Refused.of(response);
    }
    return response;
  }
}

/** `query` as a part of an address, empty without anything in it. */
export function queryString(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) {
      parameters.append(name, String(value));
    }
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
