import { listOf, object, type ShapeOf, text } from '../../base/shape.ts';

/** Something to do with services. */
export const actionShape = object({ action: text, names: listOf(text) });

type Names = readonly string[];

/** What can be done, by its name: the words of the command that does it. */
const ACTIONS: Readonly<Record<string, (names: Names) => Names>> = {
  start: (names) => ['start', ...names],
  // Its button asks no further question.
  stop: (names) => ['stop', ...names, '--force'],
  restart: (names) => ['restart', ...names],
  force: (names) => ['start', ...names, '--force'],
};

/** The commands behind them, which must not be done twice. */
export const DOING: ReadonlySet<string> = new Set(Object.keys(ACTIONS));

/** No option can be made of it. */
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/;
const MOST_NAMES = 100;

/** The words of the command; `undefined`: there is no such action, or these are no names of services. */
export function wordsOfAction({ action, names }: ShapeOf<typeof actionShape>): Names | undefined {
  const wordsFor = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (names.length > MOST_NAMES || !names.every((name) => NAME.test(name))) return undefined;
  return wordsFor?.(names);
}
