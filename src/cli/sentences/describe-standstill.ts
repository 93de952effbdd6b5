/** That a process stands still (SIGSTOP), and what lets it go on. */
export function describeStandstill(what: string, pid: number | null | undefined): string {
  return `${what} is stopped; \`kill -CONT ${pid}\` lets it go on`;
}
