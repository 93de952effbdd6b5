import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { enter, type Listening, listen, type PageServer, type Received, send, servePage } from '../rig/page-server.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { createProject, type Project } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const START = JSON.stringify({ action: 'start', names: ['web'] });

test('only a browser that has the token gets anything, and only for our own page', async () => {
  const { project, page } = await begin();
  const { port, folder } = page;
  const second = await project.dev(['ui', '--port', String(port)]);
  expect(second.code).toBe(2);
  expect(second.stderr).toMatch(new RegExp(`port ${port} is taken by .*\\(pid ${page.pid}, `));
  const own = `127.0.0.1:${port}`;
  const origin = `http://${own}`;
  const stranger = 'http://127.0.0.1:9';
  const noCookie = await send(port, folder);
  expect(noCookie.status, 'without the cookie').toBe(401);
  expectClosed(noCookie);
  expect((await send(port, `${folder}?token=x`)).status, 'a wrong token').toBe(401);
  const { search } = new URL(page.entrance);
  const fetched = { headers: { 'sec-fetch-mode': 'no-cors' } };
  expect((await send(port, `${folder}${search}`, fetched)).status, 'the token in another page’s image').toBe(403);
  const early = { headers: { 'sec-purpose': 'prefetch' } };
  expect((await send(port, `${folder}${search}`, early)).status, 'the token beforehand').toBe(403);

  const first = await send(port, `${folder}${search}`, { headers: { 'sec-fetch-site': 'cross-site' } });
  const [cookie = '', ...attributes] = first.headers['set-cookie']?.[0]?.split('; ') ?? [];
  expect(cookie).toMatch(new RegExp(`^devgen-${port}=[\\w-]{22}$`));
  expect(attributes).toEqual([`Path=${folder}`, 'HttpOnly', 'SameSite=Strict']);
  expect((await send(port, `${folder}${search}`)).status, 'the token a second time').toBe(401);

  const ours = { cookie, 'sec-fetch-site': 'same-origin' };
  const whole = await send(port, folder, { headers: ours });
  expect(whole).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
  expect(whole.text, 'nothing is written into the page that runs').not.toMatch(
    /<script(?![^>]* src=)|<style|style=| on\w+=/,
  );
  const six = { headers: { cookie, host: `[::1]:${port}` }, host: '::1' };
  expect((await send(port, folder, six)).status, 'the other loopback by its name').toBe(200);

  const refused: readonly (readonly [
    what: string,
    status: number,
    target: string,
    sent: Parameters<typeof send>[2],
  ])[] = [
    ['another host’s name', 421, folder, { headers: { ...ours, host: `evil.example:${port}` } }],
    ['a name that begins like ours', 421, folder, { headers: { ...ours, host: `${own}.evil.example` } }],
    ['our name with another port', 421, folder, { headers: { ...ours, host: `127.0.0.1:${port + 1}` } }],
    ['another page of this machine', 403, folder, { headers: { cookie, 'sec-fetch-site': 'same-site' } }],
    ['another site’s page', 403, `${folder}stream`, { headers: { cookie, 'sec-fetch-site': 'cross-site' } }],
    ['another origin', 403, `${folder}history`, { headers: { cookie, origin: stranger } }],
    ['a frame', 403, folder, { headers: { ...ours, 'sec-fetch-dest': 'iframe' } }],
    ['a wrong cookie', 401, folder, { headers: { ...ours, cookie: `${cookie}x` } }],
    ['an empty cookie', 401, folder, { headers: { ...ours, cookie: `devgen-${port}=` } }],
    ['a change without an origin', 403, `${folder}act`, post({ cookie, ...JSON_BODY })],
    ['a change from another origin', 403, `${folder}act`, post({ cookie, origin: stranger, ...JSON_BODY })],
    ['a change from no origin', 403, `${folder}act`, post({ cookie, origin: 'null', ...JSON_BODY })],
    ['a change typed in', 403, `${folder}act`, post({ cookie, origin, 'sec-fetch-site': 'none', ...JSON_BODY })],
    ['a form', 400, `${folder}act`, post({ ...ours, origin, 'content-type': 'text/plain' })],
    ['a change by GET', 404, `${folder}act`, { headers: ours }],
    ['another method', 405, folder, { method: 'DELETE', headers: ours }],
    ['an option for a name', 400, `${folder}act`, post({ ...ours, origin, ...JSON_BODY }, act('start', '--force'))],
    ['an unknown action', 400, `${folder}act`, post({ ...ours, origin, ...JSON_BODY }, act('nuke', 'web'))],
    ['a body without end', 413, `${folder}act`, post({ ...ours, origin, ...JSON_BODY }, act('x'.repeat(1e6)))],
    ['a file outside', 404, `${folder}../../../etc/passwd`, { headers: ours }],
    ['a file outside, encoded', 404, `${folder}%2e%2e%2fmain.cjs`, { headers: ours }],
    ['a file of the runtime', 404, `${folder}../main.cjs`, { headers: ours }],
    ['another folder', 404, '/', { headers: ours }],
    ['a property of objects', 404, `${folder}ask/constructor`, { headers: ours }],
    ['a question with options', 404, `${folder}ask/metrics?since=--json`, { headers: ours }],
    ['an absolute target', 404, `http://${own}${folder}`, { headers: ours }],
    ['an endless target', 414, `${folder}${'x'.repeat(3000)}`, { headers: ours }],
  ];
  for (const [what, status, target, sent] of refused) {
    const answer = await send(port, target, sent);
    expect(answer.status, what).toBe(status);
    expect(answer.text, what).not.toMatch(/root:|devgenSecret/);
    expectClosed(answer);
  }
});

test('no log is sent with a secret in it, nor searched for one', async () => {
  const { project, page } = await begin();
  const headers = { cookie: await enter(page) };
  const lines = [
    'token devgenSecret',
    '\u001b[31mdevgen\u001b[32mSecret\u001b[0m',
    '\u001b[1m<b>bold</b>\u001b[0m',
    'Error: no',
  ];
  project.write('logs/web.log', `${lines.join('\n')}\n`);
  const ask = async (path: string) => (await send(page.port, `${page.folder}logs${path}`, { headers })).text;
  const shown = JSON.parse(await ask('?services=web&count=10'));
  expect(shown).toMatchObject({ total: 4, from: 0 });
  expect(shown.lines).toMatchObject([
    { number: 0, service: 'web', text: 'token ***' },
    { text: '***' },
    { text: '<b>bold</b>', styles: [[0, 11, 'bold']] },
    { text: 'Error: no', level: 'error' },
  ]);
  expect(shown.lines[1].styles).toBeUndefined();
  expect(JSON.parse(await ask('/find?text=devgenS&from=-1&way=next'))).toMatchObject({ line: null });
  expect(JSON.parse(await ask('/find?text=BOLD&from=-1&way=next'))).toMatchObject({ line: 2 });
  expect(JSON.parse(await ask('/find?from=4&way=previous'))).toMatchObject({ line: 3 });
  expect(await ask('/text?services=web')).toBe('token ***\n***\n<b>bold</b>\nError: no\n');
  for (const path of [
    '?services=..%2f..%2fetc%2fpasswd&count=9',
    '?services=web,nosuch&count=9',
    '?services=web',
    '/nosuch',
  ]) {
    expect(await ask(path), path).toBe('there is nothing here\n');
  }
});

const isRoot = process.getuid?.() === 0;

test.skipIf(!isRoot || process.platform !== 'linux')(
  'another user’s process gets nothing, not even with the cookie',
  async () => {
    const { page } = await begin();
    const headers = { cookie: await enter(page) };
    const ask = `require('node:http').get(${JSON.stringify({ port: page.port, path: page.folder, host: '127.0.0.1', headers })},
    ({ statusCode }) => { console.log(statusCode); process.exit(); }).on('error', () => console.log('refused'))`;
    const options = { encoding: 'utf8', env: {}, cwd: '/', timeout: 20_000 } as const;
    expect(spawnSync(process.execPath, ['-e', ask], options).stdout).toBe('200\n');
    expect(spawnSync(process.execPath, ['-e', ask], { ...options, uid: 65_534 }).stdout).toBe('refused\n');
  },
);

test('connections that send nothing keep no browser out for long, and take no more than their share', async () => {
  const { page } = await begin();
  const cookie = await enter(page);
  const before = cpuMsOf(page.pid);
  const idle = await Promise.all(Array.from({ length: 200 }, () => open(page.port)));
  const slow = await open(page.port);
  slow.write(`GET ${page.folder} HTTP/1.1\r\nHost: 127.0.0.1:${page.port}\r\nX: `);
  let most = 0;
  await waitUntil(() => {
    most = Math.max(most, socketsOf(page.pid));
    return [...idle, slow].every(({ destroyed }) => destroyed);
  }, 30_000);
  expect(most, 'with those that it listens on').toBeLessThan(80);
  expect(cpuMsOf(page.pid) - before, 'nothing is looked up for who asks for nothing').toBeLessThan(250);
  expect((await send(page.port, page.folder, { headers: { cookie } })).status).toBe(200);
});

test('what happens anywhere is told at once, what was missed is told again, and buttons act', async () => {
  const { project, page } = await begin();
  const cookie = await enter(page);
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  const stream = await listen(page, headers);
  await stateIn(stream, ({ state }) => state === 'down');

  const started = project.dev(['start', 'web']);
  await stateIn(stream, ({ state }) => state === 'ready');
  expect(await started).toMatchObject({ code: 0 });
  const told = stream.events.findLast(({ id }) => id !== '');
  stream.close();

  const origin = `http://127.0.0.1:${page.port}`;
  const sent = post({ ...headers, origin, ...JSON_BODY }, act('stop', 'web'));
  const stopped = await send(page.port, `${page.folder}act`, sent);
  expect(JSON.parse(stopped.text)).toMatchObject({ services: [{ service: 'web', outcome: 'stopped' }] });

  const again = await listen(page, { ...headers, 'last-event-id': told?.id });
  await stateIn(again, ({ state }) => state === 'down');
  await waitUntil(() => again.events.some(({ name, data }) => name === 'event' && data.kind === 'stopped'));
  const anew = await listen(page, headers, `?last=${told?.id}`);
  await waitUntil(() => anew.events.some(({ name, data }) => name === 'event' && data.kind === 'stopped'));
  expect(
    [...again.events, ...anew.events].filter(({ name, data }) => name === 'event' && data.kind === 'ready'),
    'only what was missed',
  ).toEqual([]);

  const begun = await send(
    page.port,
    `${page.folder}act`,
    post({ ...headers, origin, ...JSON_BODY }, act('start', 'web')),
  );
  expect(JSON.parse(begun.text)).toMatchObject({ services: [{ service: 'web', outcome: 'started' }] });
  killQuietly(project.status('web').supervisor?.pid ?? 0);
  await waitUntil(() => projectIn(again)?.supervisor === null);
  expect(servicesIn(again)).toMatchObject([{ service: 'web', state: 'ready', supervised: false }]);
  expect(await project.dev(['start', 'web'])).toMatchObject({ code: 0 });
  await waitUntil(() => projectIn(again)?.supervisor !== null);

  const metrics = JSON.parse((await send(page.port, `${page.folder}ask/metrics?since=1h`, { headers })).text);
  const printed = JSON.parse((await project.dev(['metrics', '--since', '1h', '--json'])).stdout);
  expect(Object.keys(metrics), 'the same documents as those of the commands').toEqual(Object.keys(printed));
  expect(await page.end(), 'Ctrl+C is how one leaves').toBe(0);
  expect(project.processes().some(({ command }) => command.includes(' ui'))).toBe(false);
});

async function begin(): Promise<{ project: Project; page: PageServer }> {
  const port = await reservePort();
  const files = configFile({ web: { ...server('web', port), env: { API_TOKEN: 'devgenSecret' } } });
  const project = await createProject({ files, generated: true });
  return { project, page: await servePage(project) };
}

function post(headers: Readonly<Record<string, string>>, body = START) {
  return { method: 'POST', headers, body };
}

function act(action: string, ...names: readonly string[]): string {
  return JSON.stringify({ action, names });
}

/** Whatever is answered, the browser is told to do nothing with it but show it. */
function expectClosed({ headers }: Received): void {
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // Refused or reset: closed all the same.
  onTestFinished(() => void socket.destroy());
  socket.resume();
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  return socket;
}

/** 0 where the system does not tell. */
function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).filter((descriptor) => linkOf(join(folder, descriptor)).startsWith('socket:')).length;
}

/** What it has used of a processor; 0 where the system does not tell. Source: proc(5), /proc/PID/stat */
function cpuMsOf(pid: number): number {
  const file = `/proc/${pid}/stat`;
  const fields = existsSync(file) ? readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') : undefined;
  return (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) * 10;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // Closed meanwhile.
  }
}

interface Shown {
  readonly service: string;
  readonly state: string;
}

function projectIn({ events }: Listening) {
  return events.findLast(({ name }) => name === 'project')?.data;
}

function servicesIn(stream: Listening): readonly Shown[] {
  return (projectIn(stream)?.services ?? []) as readonly Shown[];
}

function stateIn(stream: Listening, isMeant: (shown: Shown) => boolean): Promise<true> {
  return waitUntil(() => servicesIn(stream).some(isMeant) && (true as const));
}
