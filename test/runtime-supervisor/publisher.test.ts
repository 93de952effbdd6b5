import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import { Publisher } from '../../src/runtime/supervisor/publisher.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

function logOf(root: string): string {
  const { runtimeLog } = pathsOf(root);
  return existsSync(runtimeLog) ? readFileSync(runtimeLog, 'utf8') : '';
}

test('decisions are noted only while they are asked for, by the environment or by a command', () => {
  const root = temporaryFolder();
  const publisher = new Publisher(root, { API_TOKEN: 'hunter2-secret' });
  publisher.debug('api', 'launch', { run: 'a' });
  expect(logOf(root)).toBe('');

  const heard: string[] = [];
  const end = publisher.followNotes(({ level, message }) => heard.push(`${level} ${message}`));
  publisher.debug('api', 'port', { port: 8000, holders: [{ pid: 7 }], with: 'hunter2-secret', none: undefined });
  end();
  publisher.debug('api', 'launch', { run: 'b' });

  const line = 'DEBUG api: port port=8000 holders=[{"pid":7}] with=***';
  expect(heard).toEqual([line]);
  expect(logOf(root)).toMatch(/^\S+ DEBUG api: port port=8000 holders=\[\{"pid":7\}\] with=\*\*\*\n$/);
});

test('DEBUG=true in the environment of the supervisor has them noted always', () => {
  const root = temporaryFolder();
  new Publisher(root, { DEBUG: 'true' }).debug('api', 'launch', { run: 'a' });
  expect(logOf(root)).toMatch(/DEBUG api: launch run=a\n$/);
});
