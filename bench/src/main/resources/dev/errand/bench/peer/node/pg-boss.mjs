// pg-boss with LISTEN and NOTIFY: 4 workers that fetch 100 jobs each, and again at once while batches come back full.
import { PgBoss } from 'pg-boss'
import pg from 'pg'

const { PGHOST: host, PGPORT: port, PGUSER: user, PGPASSWORD: password, PGDATABASE: database } = process.env
const WORKERS = 4
let boss
let counter

const open = async (max, worker) => {
  const connection = { host, port: Number(port), user, password, database, max }
  boss = new PgBoss({ ...connection, useListenNotify: worker, supervise: worker, schedule: false })
  boss.on('error', console.error)
  boss.on('warning', console.error)
  await boss.start()
}

export default {
  async createSchema() {
    await open(2, false)
    await boss.createQueue('noop', { notify: true })
  },
  async openProducer() {
    if (!boss) await open(16, false)
  },
  enqueue: (job) => boss.send('noop', { job }),
  enqueueAll: (jobs) => boss.insert('noop', jobs.map((job) => ({ data: { job } }))),
  async startWorker(handler) {
    counter = new pg.Pool({ max: 1 })
    await open(WORKERS + 2, true)
    const options = { batchSize: 100, localConcurrency: WORKERS, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 }
    await boss.work('noop', options, async (jobs) => jobs.forEach(({ data }) => handler(data.job)))
  },
  async unfinished() {
    const { rows } = await counter.query("SELECT count(*) FROM pgboss.job WHERE name = 'noop' AND state < 'completed'")
    return Number(rows[0].count)
  },
}
