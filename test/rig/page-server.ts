import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Project } from './project.ts';
import { waitUntil } from './wait-until.ts';

/** `./dev ui` of a project, until the test ends. */
export interface PageServer {
  readonly pid: number;
  /** With the token in it. */
  readonly entrance: string;
  readonly port: number;
  /** The page's folder, with both slashes. */
  readonly folder: string;
  /** Ends it as Ctrl+C does, and gives its exit code. */
  end(): Promise<number | null>;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  readonly host?: string;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export async function servePage(project: Project): Promise<PageServer> {
  const child = spawn(join(project.root, 'dev'), ['ui', '--json'], { cwd: project.root, env: project.environment });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.pipe(process.stderr);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const end = async (): Promise<number | null> => {
    child.kill('SIGINT');
    return (await exited)[0];
  };
  onTestFinished(async () => void (await end()));
  const entrance = await waitUntil(() => /"url":"([^"]+)"/.exec(output)?.[1]);
  const { port, pathname } = new URL(entrance);
  return { pid: child.pid ?? 0, entrance, port: Number(port), folder: pathname, end };
}

/** Sends exactly this, whatever a browser would never send. */
export function send(port: number, target: string, sent: Sent = {}): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, host = '127.0.0.1' } = sent;
    const outgoing = request({ host, port, path: target, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The cookie that the entrance gives, as a browser sends it back. */
export async function enter({ port, entrance }: PageServer): Promise<string> {
  const { pathname, search } = new URL(entrance);
  const { headers, status } = await send(port, `${pathname}${search}`);
  if (status !== 200) throw new Error(`not let in: ${status}`);
  return (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
}

export interface ReceivedEvent {
  readonly id: string;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads server-sent events as they come, until it is closed. `query`: with its question mark. */
export async function listen(page: PageServer, headers: OutgoingHttpHeaders, query = ''): Promise<Listening> {
  const events: ReceivedEvent[] = [];
  const outgoing = request({ host: '127.0.0.1', port: page.port, path: `${page.folder}stream${query}`, headers });
  outgoing.on('error', () => undefined); // The server may end before we do.
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let rest = '';
  response.on('error', () => undefined);
  response.setEncoding('utf8').on('data', (text: string) => {
    const parts = `${rest}${text}`.split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const [, name] = /^event: (.*)$/m.exec(part) ?? [];
      const [, data] = /^data: (.*)$/m.exec(part) ?? [];
      if (name !== undefined)
        events.push({ id: /^id: (.*)$/m.exec(part)?.[1] ?? '', name, data: JSON.parse(data ?? '') });
    }
  });
  onTestFinished(() => void outgoing.destroy());
  return { status: response.statusCode ?? 0, events, close: () => void outgoing.destroy() };
}

export interface Listening {
  readonly status: number;
  readonly events: readonly ReceivedEvent[];
  close(): void;
}
