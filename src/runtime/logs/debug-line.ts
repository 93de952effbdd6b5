/** What a decision rests on; what is `undefined` is left out. */
export type Facts = Readonly<Record<string, unknown>>;

/** One decision as `service: decision key=value …`, for those who look into the runtime itself. */
export function debugLine(service: string, decision: string, facts: Facts): string {
  const words = Object.entries(facts).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${show(value)}`]));
  return [`${service}: ${decision}`, ...words].join(' ');
}

function show(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
