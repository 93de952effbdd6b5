/** What the files in `logs/` that users look at are called. */
export const LOG_FILES = {
  events: 'events.ndjson',
  /** The runtime's own log. */
  runtime: 'devgen.log',
  service: (name: string) => `${name}.log`,
  task: (name: string) => `task-${name}.log`,
  pid: (service: string) => `${service}.pid`,
  status: (service: string) => `${service}_status.json`,
} as const;
