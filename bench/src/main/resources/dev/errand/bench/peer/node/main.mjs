// One process of a comparison, of a contestant that is written for Node:
//   node main.mjs CONTESTANT setup|produce|work|both single|bulk|paced JOBS WARM_UP
// It speaks with the driver as ClientMain.java does. Times are nanoseconds of the clock that System.nanoTime reads.
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const PRODUCERS = 16
const BULK_PRODUCERS = 4
const BULK_SIZE = 1000
const PERIOD_MS = 20

const [contestant, role, pace, ...counts] = process.argv.slice(2)
const [jobs, warmUp] = counts.map(Number)
const now = () => Number(process.hrtime.bigint())

// --- The driver -----------------------------------------------------------------------------------

const say = (event, values = {}) => {
  const words = Object.entries(values).map(([key, value]) => ` ${key}=${value}`)
  process.stdout.write(`@@ ${event}${words.join('')}\n`)
}

const heard = []
let listener
createInterface({ input: process.stdin })
  .on('line', (word) => {
    heard.push(word)
    listener?.()
  })
  .on('close', () => process.exit(1))

const hear = async (word) => {
  while (!heard.length) await new Promise((resolve) => { listener = resolve })
  const first = heard.shift()
  if (first !== word) throw new Error(`Expected ${word}, heard ${first}`)
}

// --- Producing ------------------------------------------------------------------------------------

const enqueue = async (queue, begin, end, bulk) => {
  let next = begin
  const step = bulk ? BULK_SIZE : 1
  const producer = async () => {
    while (next < end) {
      const first = next
      next += step
      if (bulk) {
        await queue.enqueueAll(Array.from({ length: Math.min(end, next) - first }, (_, i) => first + i))
      } else {
        await queue.enqueue(first)
      }
    }
  }
  await Promise.all(Array.from({ length: bulk ? BULK_PRODUCERS : PRODUCERS }, producer))
}

const enqueuePaced = async (queue) => {
  const begin = now()
  const returned = []
  for (let i = 0; i < jobs; i++) {
    const wait = begin / 1e6 + i * PERIOD_MS - now() / 1e6
    if (wait > 0) await sleep(wait)
    await queue.enqueue(warmUp + i)
    returned.push(now())
  }
  say('produced', { begin, end: now(), returned: returned.join(',') })
}

const produce = async (queue) => {
  await enqueue(queue, 0, warmUp, pace === 'bulk')
  say('producer-ready')
  await hear('go')
  if (pace === 'paced') return enqueuePaced(queue)
  const begin = now()
  await enqueue(queue, warmUp, warmUp + jobs, pace === 'bulk')
  say('produced', { begin, end: now() })
}

// --- Working --------------------------------------------------------------------------------------

const tally = () => {
  const total = warmUp + jobs
  const started = new Array(total).fill(0)
  let calls = 0
  let repeats = 0
  let finish
  const all = new Promise((resolve) => { finish = resolve })
  const handler = (job) => {
    const at = now()
    if (started[job]) {
      repeats++
      return
    }
    started[job] = at
    calls++
    if (calls === warmUp) say('warm', { at })
    if (calls === total) finish()
  }
  const awaitEnd = async (queue) => {
    await all
    while ((await queue.unfinished()) > 0) await sleep(5)
    say('worked', { end: now(), repeats, started: pace === 'paced' ? started.slice(warmUp).join(',') : '' })
  }
  return { handler, awaitEnd }
}

// --------------------------------------------------------------------------------------------------

const queue = (await import(`./${contestant}.mjs`)).default
if (role === 'setup') {
  await queue.createSchema()
} else if (role === 'produce') {
  await queue.openProducer()
  await produce(queue)
  await hear('bye')
} else {
  const { handler, awaitEnd } = tally()
  await queue.startWorker(handler)
  if (role === 'both') {
    await queue.openProducer()
    await produce(queue)
  } else {
    say('ready')
  }
  await awaitEnd(queue)
  await hear('bye')
}
process.exit(0)
