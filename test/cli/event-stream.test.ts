import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { EventStream } from '../../src/cli/ui/event-stream.ts';
import { IdleEnd } from '../../src/cli/ui/idle-end.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('a viewer that comes again gets what it has missed, and a new one how things are', async () => {
  const { stream, view } = await serve();
  stream.tell('state', 'project', '1');
  stream.tell('news', 'event', '"one"');
  const first = await view();
  expect(await said(first, 1)).toEqual(['project 1']);

  stream.tell('news', 'event', '"two"');
  stream.tell('state', 'project', '2');
  stream.tell('state', 'project', '2');
  stream.tell('hint', 'written', '{}');
  expect(await said(first, 4)).toEqual(['project 1', 'event "two"', 'project 2', 'written {}']);
  first.response.destroy();

  const afterFirst = first.ids().find((id) => id.endsWith('-2')) ?? '';
  expect(await said(await view(afterFirst), 2)).toEqual(['event "two"', 'project 2']);
  expect(await said(await view('of-another-server'), 1)).toEqual(['project 2']);
});

test('one that does not read is left, and so is one too many', async () => {
  const { stream, view, counts } = await serve();
  const viewers = await Promise.all(Array.from({ length: 17 }, () => view()));
  expect(viewers.filter(({ response }) => response.statusCode === 503)).toHaveLength(1);
  expect(counts.at(-1)).toBe(16);
  for (const { response } of viewers) response.pause();
  await waitUntil(() => {
    stream.tell('news', 'event', JSON.stringify('x'.repeat(200_000)));
    return counts.at(-1) === 0;
  });
});

test('the end is reached a minute after the last page was closed, not while one is open', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const idle = new IdleEnd();
  const reached = vi.fn();
  void idle.reached.then(reached);
  const after = async (ms: number) => vi.advanceTimersByTimeAsync(ms).then(() => reached.mock.calls.length);
  return (async () => {
    expect(await after(9 * 60_000), 'time to find the address').toBe(0);
    idle.setViewers(1);
    expect(await after(60 * 60_000)).toBe(0);
    idle.setViewers(0);
    expect(await after(59_000)).toBe(0);
    expect(await after(1000)).toBe(1);
  })();
});

interface Viewer {
  readonly response: IncomingMessage;
  readonly text: () => string;
  readonly ids: () => readonly string[];
}

async function serve() {
  const counts: number[] = [];
  const stream = new EventStream((count) => void counts.push(count));
  const server: Server = createServer((request, response) => {
    const last = request.headers['last-event-id'];
    if (!stream.open(response, typeof last === 'string' ? last : undefined)) response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    stream.close();
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const view = (last?: string): Promise<Viewer> =>
    new Promise((resolve, reject) => {
      const headers = last === undefined ? {} : { 'last-event-id': last };
      const outgoing = get({ host: '127.0.0.1', port, headers, agent: false }, (response) => {
        let text = '';
        response.on('error', () => undefined);
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        const ids = () => [...text.matchAll(/^id: (.*)$/gm)].map(([, id = '']) => id);
        resolve({ response, text: () => text, ids });
      });
      outgoing.on('error', reject);
    });
  return { stream, view, counts };
}

async function said({ text }: Viewer, count: number): Promise<readonly string[]> {
  const all = () => [...text().matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, name, data]) => `${name} ${data}`);
  await waitUntil(() => all().length >= count);
  return all();
}
