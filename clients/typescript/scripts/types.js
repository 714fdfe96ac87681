// Writes src/api.ts after what the server at ERRAND_URL says of its API.
import {writeFile} from "node:fs/promises";
import openapiTS, {astToString} from "openapi-typescript";

const url = new URL("/openapi.json", process.env.ERRAND_URL ?? "http://127.0.0.1:8080");
const document = await (await fetch(url)).json();
await writeFile(new URL("../src/api.ts", import.meta.url), astToString(await openapiTS(document)));
