/** Which of the colours by which services are told apart one has: the same as on a terminal. */
export function serviceTone(names: readonly string[], name: string): string {
  return `svc${Math.max(0, names.indexOf(name)) % 5}`;
}
