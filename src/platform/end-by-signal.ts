/**
 * Ends this process as `signal` does by default. Returns when the signal was ignored from the start, as under `nohup`.
 */
export function endBySignal(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
