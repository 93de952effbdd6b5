import type { Rendered } from './emitter.ts';

export const NODEMON_JSON = '{ "ignore": ["logs/"] }\n';

/** Settings for nodemon at the root, which else restarts its server for each status that is written below it. */
export function renderNodemon(): Rendered<'nodemon'> {
  return { 'nodemon.json': NODEMON_JSON };
}
