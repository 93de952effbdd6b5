import { object, oneOf, type ShapeOf, text } from '../../base/shape.ts';

/** An entry of the runtime's own log. */
export const logNoteShape = object({ level: oneOf('DEBUG', 'INFO', 'WARN', 'ERROR'), message: text });

export interface LogNote extends ShapeOf<typeof logNoteShape> {}
export type LogLevel = LogNote['level'];

/** Whether the user asks for the runtime's decisions, with `DEBUG=true`. */
export function wantsDebug({ DEBUG }: Readonly<Record<string, string | undefined>>): boolean {
  return DEBUG === 'true' || DEBUG === '1';
}
