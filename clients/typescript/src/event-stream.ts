/** An event as it came: its data is still text. */
export interface Frame {
  id: string;
  type: string;
  data: string;
}

/**
 * Reads Server-Sent Events off a stream. An event that the end cut short is dropped, as the format asks.
 *
 * @param heard told of every sign of life, comments included
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function* frames(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<Frame> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  let frame = new Gathered();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      heard();
      rest += read.value;
      // A line may end in CR LF, and the LF may still be on its way.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line !== "") {
          frame.take(line);
        } else {
          if (frame.data.length > 0) {
            yield {id: frame.id, type: frame.type, data: frame.data.join("\n")};
          }
          frame = new Gathered();
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

class Gathered {
  id = "";
  type = "message";
  readonly data: string[] = [];

  take(line: string): void {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "id") {
      this.id = value;
    } else if (field === "event") {
      this.type = value;
    } else if (field === "data") {
      this.data.push(value);
    }
  }
}
