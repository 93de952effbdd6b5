export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** An entry of the runtime's own log. */
export interface LogNote {
  readonly level: LogLevel;
  readonly message: string;
}

/** Whether the user asks for the runtime's decisions, with `DEBUG=true`. */
export function wantsDebug({ DEBUG }: Readonly<Record<string, string | undefined>>): boolean {
  return DEBUG === 'true' || DEBUG === '1';
}
