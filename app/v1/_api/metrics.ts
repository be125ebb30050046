import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Counts one route's answers. Label sets are resolved once a status, not at each call. */
export type Meter = (method: string, status: number, seconds: number) => void

/** HTTP metrics of one process in the Prometheus text format. */
export class HttpMetrics {
  readonly registry = new Registry()
  readonly #requests = new Counter({
    name: 'http_requests_total',
    help: 'Answers of the API by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers: [this.registry],
  })
  readonly #durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from arrival to answer.',
    labelNames: ['route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  })
  #processMetrics = false

  meter(route: string): Meter {
    const duration = this.#durations.labels(route)
    const children = new Map<string, Map<number, Counter.Internal>>()
    return (method, status, seconds) => {
      const byStatus = children.get(method) ?? new Map<number, Counter.Internal>()
      let child = byStatus.get(status)
      if (!child) {
        child = this.#requests.labels(route, method, String(status))
        byStatus.set(status, child)
        children.set(method, byStatus)
      }
      child.inc()
      duration.observe(seconds)
    }
  }

  /** Process metrics start with the first scrape: who never scrapes never pays for their observers. */
  async text(): Promise<{ body: string; contentType: string }> {
    if (!this.#processMetrics) {
      this.#processMetrics = true
      collectDefaultMetrics({ register: this.registry })
    }
    return { body: await this.registry.metrics(), contentType: this.registry.contentType }
  }
}
