import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { followLogs } from '../../src/runtime/logs/follow-logs.ts';
import type { LogSource } from '../../src/runtime/logs/log-segments.ts';
import { endsOf } from '../../src/runtime/logs/merge-logs.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { rotate, source } from './log-files.ts';

interface Follower {
  readonly lines: string[];
  end(): Promise<void>;
}

function follow(sources: readonly LogSource[], from: ReadonlyMap<string, number> = endsOf(sources)): Follower {
  const lines: string[] = [];
  const ending = new AbortController();
  const followed = followLogs(sources, {
    from,
    signal: ending.signal,
    now: () => 42,
    onLine: ({ service, text, at }) => {
      expect(at).toBe(42);
      lines.push(`${service} ${text}`);
    },
  });
  onTestFinished(() => ending.abort());
  return {
    lines,
    end: () => {
      ending.abort();
      return followed;
    },
  };
}

async function until(follower: Follower, lines: readonly string[]): Promise<void> {
  await waitUntil(() => follower.lines.length >= lines.length);
  expect(follower.lines).toEqual(lines);
}

describe('following logs', () => {
  test('gives what is added, from where it is told to begin, and each line when it is complete', async () => {
    const folder = temporaryFolder();
    const [web, api] = [source(folder, 'web'), source(folder, 'api')];
    writeFileSync(web.log, 'old\n');
    writeFileSync(api.log, 'seen\nunseen\n');
    const follower = follow(
      [web, api],
      new Map([
        ['web', 4],
        ['api', 5],
      ]),
    );
    await until(follower, ['api unseen']);
    appendFileSync(web.log, 'ha');
    appendFileSync(api.log, 'next\n');
    await until(follower, ['api unseen', 'api next']);
    appendFileSync(web.log, 'lf\n');
    await until(follower, ['api unseen', 'api next', 'web half']);
  });

  test('begins with the first line of a log that is not there yet', async () => {
    const web = source(temporaryFolder(), 'web');
    const follower = follow([web]);
    writeFileSync(web.log, 'first\n');
    await until(follower, ['web first']);
  });

  test('loses no line when the log is rotated, nor the half of one', async () => {
    const web = source(temporaryFolder(), 'web');
    writeFileSync(web.log, '');
    const follower = follow([web]);
    appendFileSync(web.log, 'one\ntw');
    await until(follower, ['web one']);
    appendFileSync(web.log, 'o\nthree\nfo');
    rotate(web, 2);
    appendFileSync(web.log, 'ur\nfive is longer than everything that stood there before\n');
    await until(follower, [
      'web one',
      'web two',
      'web three',
      'web four',
      'web five is longer than everything that stood there before',
    ]);
    appendFileSync(web.log, 'six\n');
    rotate(web, 2);
    appendFileSync(web.log, 'seven\n');
    await waitUntil(() => follower.lines.length >= 7);
    expect(follower.lines.slice(5)).toEqual(['web six', 'web seven']);
  });

  test('goes on after the log was emptied or deleted', async () => {
    const web = source(temporaryFolder(), 'web');
    writeFileSync(web.log, 'some text that is long\n');
    const follower = follow([web]);
    truncateSync(web.log);
    appendFileSync(web.log, 'a\n');
    await until(follower, ['web a']);
    rmSync(web.log);
    await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(web.log, '');
    appendFileSync(web.log, 'b\n');
    await waitUntil(() => follower.lines.includes('web b'));
  });

  test('gives all of what came in one burst, larger than a portion', async () => {
    const web = source(temporaryFolder(), 'web');
    writeFileSync(web.log, '');
    const follower = follow([web]);
    const lines = Array.from({ length: 100_000 }, (_, line) => `a line of some length, number ${line}`);
    appendFileSync(web.log, `${lines.join('\n')}\n`);
    await waitUntil(() => follower.lines.length >= lines.length, 25_000);
    expect(follower.lines).toEqual(lines.map((line) => `web ${line}`));
  });

  test('ends with a last look, and gives nothing afterwards', async () => {
    const web = source(temporaryFolder(), 'web');
    writeFileSync(web.log, '');
    const follower = follow([web]);
    appendFileSync(web.log, 'last\n');
    await follower.end();
    expect(follower.lines).toEqual(['web last']);
    appendFileSync(web.log, 'too late\n');
    await new Promise((resolve) => setImmediate(resolve));
    expect(follower.lines).toEqual(['web last']);
  });
});
