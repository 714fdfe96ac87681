// BullMQ: one connection for the queue, which pipelines; 32 jobs at a time. How Redis syncs is the driver's choice.
import { Queue, Worker } from 'bullmq'

const connection = { host: process.env.REDISHOST, port: Number(process.env.REDISPORT) }
let queue
const open = () => {
  queue ??= new Queue('noop', { connection })
  return queue.waitUntilReady()
}

export default {
  createSchema: open,
  openProducer: open,
  enqueue: (job) => queue.add('noop', { job }),
  enqueueAll: (jobs) => queue.addBulk(jobs.map((job) => ({ name: 'noop', data: { job } }))),
  async startWorker(handler) {
    await open()
    const worker = new Worker('noop', async ({ data }) => handler(data.job), { connection, concurrency: 32 })
    worker.on('error', console.error)
    await worker.waitUntilReady()
  },
  async unfinished() {
    const counts = await queue.getJobCounts('wait', 'active', 'prioritized', 'delayed')
    return counts.wait + counts.active + counts.prioritized + counts.delayed
  },
}
