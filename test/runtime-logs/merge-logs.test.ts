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

  test('have the time that they begin with where no index tells it, and go on with the entry that has begun', () => {
    const own: LogSource = { ...source(temporaryFolder(), 'devgen'), times: 'in-lines' };
    const at = (ms: number) => new Date(T + ms).toISOString();
    writeFileSync(own.log, `${at(5)} INFO  one\n  more\n${at(20)} ERROR two\n`);
    expect(merged([own]).map((line) => line.slice(-2))).toEqual([' 5', ' 5', '20']);
    expect(merged([own], { since: T + 10 })).toEqual([`devgen ${at(20)} ERROR two 20`]);
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

  test('give lines whose time was not noted the time of the last write', () => {
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

  test('give as many of the last lines as are asked for, the first one whole, however many bytes they are', () => {
    const web = source(temporaryFolder(), 'web');
    const text = 'a line of a log that is read from far back '.repeat(4);
    for (let block = 0; block < 10; block++) {
      appendFileSync(
        web.log,
        Array.from({ length: 10_000 }, (_, line) => `${block * 10_000 + line} ${text}\n`).join(''),
      );
    }
    const lines = merged([web], { lines: 95_000 });
    expect(lines).toHaveLength(95_000);
    expect(lines[0]).toContain(`web 5000 ${text}`);
    const [first = ''] = merged([web], {
      lines: 2_000_000,
      accepts: (each) => each.startsWith('0 ') || each.endsWith(text),
    });
    expect(first).toMatch(/^web \d+ a line/);
  });

  test('begin with a whole line though a time was noted in the middle of one', () => {
    const web = source(temporaryFolder(), 'web');
    writeAt(web, T, 'one\ntw');
    writeAt(web, T + 10, 'o\nthree\n');
    expect(merged([web], { since: T + 5 })).toEqual(['web three 10']);
    expect(merged([web])).toEqual(['web one 0', 'web two 0', 'web three 10']);
  });

  test.each([
    ['forward', T + 3_600_000],
    ['back', T - 3_600_000],
  ])('keep their times when the clock was set %s for a moment', (_, wrong) => {
    const folder = temporaryFolder();
    const [web, api] = [source(folder, 'web'), source(folder, 'api')];
    for (const [line, at] of [T, T + 10, wrong, T + 30, T + 40].entries()) writeAt(web, at, `${line}\n`);
    writeAt(api, T + 35, 'between\n');
    expect(merged([web, api])).toEqual(['web 0 0', 'web 1 10', 'web 2 30', 'web 3 30', 'api between 35', 'web 4 40']);
    expect(merged([web, api], { since: T + 30 })).toEqual(['web 2 30', 'web 3 30', 'api between 35', 'web 4 40']);
  });

  test('keep their times after a rotation, too, before which the clock was wrong', () => {
    const web = source(temporaryFolder(), 'web');
    writeAt(web, T + 3_600_000, 'early\n');
    rotate(web, 3);
    writeAt(web, T + 10, 'late\n');
    expect(merged([web])).toEqual(['web early 10', 'web late 10']);
  });

  test('are followed from the beginning of a line that is not complete', () => {
    const web = source(temporaryFolder(), 'web');
    writeFileSync(web.log, 'whole\nhal');
    const ends = endsOf([web]);
    expect(ends.get('web')).toBe(6);
    expect(merged([web], { ends }).map((line) => line.split(' ')[1])).toEqual(['whole']);
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
