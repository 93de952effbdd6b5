import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LogSource } from '../../src/runtime/logs/log-segments.ts';
import { endsOf, type LogQuery, mergeLogs } from '../../src/runtime/logs/merge-logs.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { rotate, source, writeAt } from './log-files.ts';

const T = Date.UTC(2026, 10, 21);

function merged(sources: readonly LogSource[], query: Partial<LogQuery> = {}): string[] {
  const all: LogQuery = { lines: null, since: null, accepts: null, ends: new Map(), ...query };
  return [...mergeLogs(sources, all)].map(({ service, text, at }) => `${service} ${text} ${at - T}`);
}

describe('merged logs', () => {
  test('come in the order in which they were written, and lines of one moment service by service', () => {
    const folder = temporaryFolder();
    const [web, api] = [source(folder, 'web'), source(folder, 'api')];
    writeAt(web, T, 'one\n');
    writeAt(api, T + 10, 'two\nthree\n');
    writeAt(web, T + 10, 'four\n');
    writeAt(api, T + 20, 'five\n');
    writeAt(web, T + 30, 'six\n');
    expect(merged([web, api])).toEqual([
      'web one 0',
      'web four 10',
      'api two 10',
      'api three 10',
      'api five 20',
      'web six 30',
    ]);
  });

  test('give the last lines over all services', () => {
    const folder = temporaryFolder();
    const [web, api] = [source(folder, 'web'), source(folder, 'api')];
    for (let line = 0; line < 5000; line++) writeAt(line % 2 === 0 ? web : api, T + line, `${line}\n`);
    expect(merged([web, api], { lines: 3 })).toEqual(
      ['web 4997 4997', 'web 4998 4998', 'api 4999 4999'].map(fixService),
    );
    expect(merged([web, api], { lines: 0 })).toEqual([]);
  });

  test('give only what was written since a time', () => {
    const folder = temporaryFolder();
    const web = source(folder, 'web');
    writeAt(web, T, 'old\n');
    writeAt(web, T + 1000, 'new\n');
    writeAt(web, T + 2000, 'newer\n');
    expect(merged([web], { since: T + 1000 })).toEqual(['web new 1000', 'web newer 2000']);
    expect(merged([web], { since: T + 1000, lines: 1 })).toEqual(['web newer 2000']);
  });

  test('count only lines that are accepted', () => {
    const folder = temporaryFolder();
    const web = source(folder, 'web');
    for (let line = 0; line < 100; line++) writeAt(web, T + line, line % 10 === 0 ? `error ${line}\n` : 'fine\n');
    const accepts = (text: string): boolean => text.startsWith('error');
    expect(merged([web], { lines: 2, accepts })).toEqual(['web error 80 80', 'web error 90 90']);
  });

  test('give lines whose time nobody noted the time of the last write', () => {
    const folder = temporaryFolder();
    const web = source(folder, 'web');
    writeFileSync(web.log, 'unnoted\n');
    utimesSync(web.log, new Date(T + 7), new Date(T + 7));
    expect(merged([web])).toEqual(['web unnoted 7']);
    expect(merged([web], { since: T + 8 })).toEqual([]);
  });

  test('reach back into rotated files, with their times', () => {
    const folder = temporaryFolder();
    const [web, api] = [source(folder, 'web'), source(folder, 'api')];
    for (let line = 1; line <= 3; line++) {
      writeAt(web, T + line * 10, `line ${line}\n`);
      writeAt(api, T + line * 10 + 5, `call ${line}\n`);
      if (line < 3) rotate(web, 5);
    }
    const all = ['web line 1 10', 'api call 1 15', 'web line 2 20', 'api call 2 25', 'web line 3 30', 'api call 3 35'];
    expect(merged([web, api])).toEqual(all);
    expect(merged([web, api], { lines: 4 })).toEqual(all.slice(-4));
    expect(merged([web, api], { since: T + 20 })).toEqual(all.slice(2));
  });

  test('end where each log ended when it was asked, so that following goes on from there', () => {
    const folder = temporaryFolder();
    const web = source(folder, 'web');
    writeAt(web, T, 'before\n');
    const ends = endsOf([web, source(folder, 'missing')]);
    expect(ends).toEqual(
      new Map([
        ['web', 7],
        ['missing', 0],
      ]),
    );
    appendFileSync(web.log, 'after\n');
    expect(merged([web], { ends })).toEqual(['web before 0']);
    expect(merged([web], { ends, lines: 10 })).toEqual(['web before 0']);
  });

  test('are empty without a file, and abandon their files when the reader stops', () => {
    const folder = temporaryFolder();
    expect(merged([source(folder, 'none')])).toEqual([]);
    const web = source(folder, 'web');
    writeAt(web, T, 'a\nb\n');
    for (let round = 0; round < 3000; round++) {
      for (const line of mergeLogs([web], { lines: null, since: null, accepts: null, ends: new Map() })) {
        expect(line.text).toBe('a');
        break;
      }
    }
    writeFileSync(join(folder, 'still'), 'descriptors left');
  });
});

/** Even lines are the one's, odd lines the other's. */
function fixService(line: string): string {
  const [, number = '0', time] = line.split(' ');
  return `${Number(number) % 2 === 0 ? 'web' : 'api'} ${number} ${time}`;
}
