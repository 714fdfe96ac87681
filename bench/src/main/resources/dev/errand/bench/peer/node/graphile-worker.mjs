// graphile-worker with what its page on performance advises: 32 jobs at a time, a local queue of 500, completions in
// batches without delay.
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import pg from 'pg'

const CONCURRENCY = 32
const logger = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') console.error(message)
})
const pool = (max) => {
  const opened = new pg.Pool({ max })
  opened.on('error', console.error)
  opened.on('connect', (client) => client.on('error', console.error))
  return opened
}
let utils
let counter

export default {
  async createSchema() {
    utils = await makeWorkerUtils({ pgPool: pool(2), logger })
    await utils.migrate()
  },
  async openProducer() {
    utils = await makeWorkerUtils({ pgPool: pool(16), logger })
  },
  enqueue: (job) => utils.addJob('noop', { job }),
  enqueueAll: (jobs) => utils.addJobs(jobs.map((job) => ({ identifier: 'noop', payload: { job } }))),
  async startWorker(handler) {
    counter = pool(1)
    await run({
      pgPool: pool(CONCURRENCY + 1),
      logger,
      noHandleSignals: true,
      crontab: '',
      taskList: { noop: async ({ job }) => handler(job) },
      preset: {
        worker: {
          concurrentJobs: CONCURRENCY,
          maxPoolSize: CONCURRENCY + 1,
          localQueue: { size: 500 },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    })
  },
  async unfinished() {
    const { rows } = await counter.query('SELECT count(*) FROM graphile_worker._private_jobs')
    return Number(rows[0].count)
  },
}
