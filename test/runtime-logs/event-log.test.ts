import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type EventLog, openEventLog } from '../../src/runtime/logs/event-log.ts';
import type { RuntimeEvent } from '../../src/runtime/state/runtime-event.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const AT = Date.UTC(2026, 10, 21, 7, 53);

interface Diary extends EventLog {
  readonly events: string;
  readonly metrics: string;
  readonly runtimeLog: string;
}

function open(folder: string, changes: { maxBytes?: number } = {}): Diary {
  const { maxBytes = 100_000 } = changes;
  const events = join(folder, 'logs', 'events.ndjson');
  const metrics = join(folder, 'logs', 'metrics.ndjson');
  const runtimeLog = join(folder, 'logs', 'devgen.log');
  return { events, metrics, runtimeLog, ...openEventLog({ events, metrics, runtimeLog, maxBytes, now: () => AT }) };
}

function starting(command: string): RuntimeEvent {
  return { at: new Date(AT).toISOString(), service: 'api', kind: 'starting', pid: 7, command, port: 8000, url: null };
}

describe('the event log', () => {
  test('holds one JSON document a line, as it was given, for this user alone', () => {
    const diary = open(temporaryFolder());
    const events = [starting('node "a\nb"'), starting('ü')];
    for (const event of events) diary.record(event);
    const lines = readFileSync(diary.events, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(events);
    expect(statSync(diary.events).mode & 0o777).toBe(0o600);
  });

  test('keeps one older file and no more than twice its limit', () => {
    const diary = open(temporaryFolder(), { maxBytes: 1000 });
    for (let each = 0; each < 100; each++) diary.record(starting(`command ${each}`));
    expect(statSync(diary.events).size).toBeLessThan(1200);
    expect(statSync(`${diary.events}.1`).size).toBeLessThan(1200);
    expect(readFileSync(diary.events, 'utf8')).toContain('command 99');
  });
});

describe('the runtime log', () => {
  test('has time, level and message, and indents what follows the first line', () => {
    const diary = open(temporaryFolder());
    diary.note('WARN', 'first\nsecond\n');
    diary.note('INFO', 'x');
    expect(readFileSync(diary.runtimeLog, 'utf8')).toBe(
      '2026-11-21T07:53:00.000Z WARN  first\n  second\n2026-11-21T07:53:00.000Z INFO  x\n',
    );
  });

  test('that cannot be written does not take its writer down', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    expect(() => open(folder).note('INFO', 'x')).not.toThrow();
    const other = temporaryFolder();
    mkdirSync(join(other, 'logs', 'events.ndjson'), { recursive: true });
    expect(() => open(other).record(starting('x'))).not.toThrow();
  });
});
