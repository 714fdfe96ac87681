import {createServer, request as send, type IncomingMessage, type Server, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {ErrandClient, type ErrandOptions} from "../src/index.js";

/** The server under test, which whoever runs the tests has started. */
export const url = required("ERRAND_URL");
export const token = required("ERRAND_TOKEN");

export function client(options: ErrandOptions = {}): ErrandClient {
  return new ErrandClient({url, token, ...options});
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`These tests need a running server: set ${name}. ./errand test does so by itself.`);
  }
  return value;
}

export type Meddling = (request: IncomingMessage, response: ServerResponse, pass: () => void) => void;

/** A proxy before the server that meddles with some requests. */
export class Proxy {
  readonly asked: IncomingMessage[] = [];
  readonly #server: Server;

  private constructor(meddling: Meddling) {
    this.#server = createServer((request, response) => {
      this.asked.push(request);
      meddling(request, response, () => forward(request, response));
    });
  }

  static async start(meddling: Meddling): Promise<Proxy> {
    const proxy = new Proxy(meddling);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** @param bytes how much of the answer is let through before the connection is cut */
export function forward(request: IncomingMessage, response: ServerResponse, bytes = Number.POSITIVE_INFINITY): void {
  const onward = send(
    new URL(request.url ?? "/", url),
    {method: request.method ?? "GET", headers: {...request.headers, host: new URL(url).host}},
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      let passed = 0;
      answer.on("data", (chunk: Buffer) => {
        passed += chunk.length;
        response.write(chunk);
        if (passed >= bytes) {
          setImmediate(() => response.destroy());
          answer.destroy();
        }
      });
      answer.on("end", () => response.end());
    },
  );
  onward.on("error", () => response.destroy());
  request.pipe(onward);
}

export function streams(request: IncomingMessage): boolean {
  return request.headers.accept === "text/event-stream";
}
