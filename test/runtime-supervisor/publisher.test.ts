import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { redactData } from '../../src/base/redact-data.ts';
import type { Shape } from '../../src/base/shape.ts';
import { readHookFailures } from '../../src/runtime/state/hook-outcomes.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import { runtimeEventShape } from '../../src/runtime/state/runtime-event.ts';
import { serviceStatusShape } from '../../src/runtime/state/service-status.ts';
import { RELEASE, replyShape, START, STOP, TELL_END } from '../../src/runtime/supervisor/control/protocol.ts';
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

test('what is presented twice, on its way to a file and to a client, is as what is presented once', () => {
  const publisher = new Publisher(temporaryFolder(), { API_TOKEN: 'hunter2-secret' });
  const once = publisher.presentable({ lastLines: [`TOKEN=hunter2-secret\u001b[2J ${'x'.repeat(5000)}`] });
  expect(once.lastLines[0]).toMatch(/^TOKEN=\*\*\* x{1990}… 3,010 more$/);
  expect(publisher.presentable(once)).toEqual(once);
});

test('how hooks were told is kept without secrets, and not once the folder of the project is gone', () => {
  const root = temporaryFolder();
  const publisher = new Publisher(root, { API_TOKEN: 'hunter2-secret' });
  publisher.noteHooks([{ hook: 'command', problem: 'said hunter2-secret' }]);
  expect(readHookFailures(root)).toMatchObject([{ hook: 'command', problem: 'said ***' }]);
  expect(logOf(root)).toContain('WARN  hook `command`: said ***');

  rmSync(join(root, 'logs'), { recursive: true });
  publisher.fallSilent();
  publisher.noteHooks([{ hook: 'command', problem: 'ended with exit code 1' }]);
  expect(readdirSync(root)).toEqual([]);
});

test('no word by which programs find their way in what is published is masked, whatever the secrets are', () => {
  const shapes = [
    runtimeEventShape,
    serviceStatusShape,
    replyShape,
    ...[START, STOP, TELL_END, RELEASE].map((each) => each.report),
  ];
  const keys = new Set(shapes.flatMap((shape) => keysOfWords(shape)));
  expect(keys.size).toBeGreaterThan(10);
  const masked = [...keys].filter((key) => redactData({ [key]: 'started' }, () => '***')[key] !== 'started');
  expect(masked).toEqual([]);
});

/** The keys at which a shape admits no texts but certain ones: its own words, times and ids. */
function keysOfWords(shape: Shape<unknown>, key = ''): readonly string[] {
  switch (shape.kind) {
    case 'words':
      return shape.words.some((word) => typeof word === 'string') ? [key] : [];
    case 'text':
      return shape.pattern === null ? [] : [key];
    case 'nullable':
    case 'optional':
    case 'list':
    case 'dictionary':
      return keysOfWords(shape.of, key);
    case 'any-of':
      return shape.of.flatMap((each) => keysOfWords(each, key));
    case 'object':
      return Object.entries(shape.fields).flatMap(([name, field]) => keysOfWords(field, name));
    case 'variant': {
      const fields = [shape.common, ...Object.values(shape.cases)].flatMap((each) => Object.entries(each));
      return [shape.tag, ...fields.flatMap(([name, field]) => keysOfWords(field, name))];
    }
    case 'anything':
    case 'number':
      return [];
  }
}
