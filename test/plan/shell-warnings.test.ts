import { expect, test } from 'vitest';
import { exportedMark } from '../../src/plan/shell-environment.ts';
import { shellWarnings } from '../../src/plan/shell-warnings.ts';
import { show } from '../config/show.ts';
import { planOf } from './plans.ts';

test('a variable of the shell that hides where a service is, is told with the service that it hides', () => {
  const plan = planOf({ services: { database: { command: 'x', port: 5432 }, worker: { command: 'x' } } });
  const locate = ([, name]: readonly (string | number)[]) => ({ file: `devgen.config.yaml, ${name}` });
  const shell = { DATABASE_URL: 'pg://x', DATABASE_PORT: '5433', WORKER_URL: 'x' };
  expect(show(shellWarnings(plan, { locate }, shell))).toBe(`devgen.config.yaml, database config/variable-taken
  \`DATABASE_URL\` would tell where the service \`database\` is; this shell's value is used instead
  = Rename the service, or \`unset DATABASE_URL\`, if the two have nothing to do with each other.`);
  const own = { ...shell, DEVGEN_EXPORTED: exportedMark(shell) };
  expect(shellWarnings(plan, { locate }, own)).toEqual([]);
});
