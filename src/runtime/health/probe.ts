import { setTimeout as delay } from 'node:timers/promises';
import type { CommandEnvironment } from '../../plan/command-environment.ts';
import type { HealthPlan } from '../../plan/plan.ts';
import type { SeenWhileStarting } from '../state/lifecycle.ts';
import { askCommand } from './ask-command.ts';
import { askConnection } from './ask-connection.ts';
import { type Answer, askHttp, type Question } from './ask-http.ts';
import { addressesToAsk } from './probe-address.ts';
import { type ImageFacts, probeImage } from './probe-image.ts';
import { probeUrl } from './probe-url.ts';

/** What is probed, and how to ask what a socket cannot tell. */
export interface ProbeTarget {
  /** The service's own URL, and its port; `null`: it has none. */
  readonly url: string | null;
  readonly port: number | null;
  /** Addresses of its listeners; empty: both loopbacks are tried. */
  readonly addresses: readonly string[];
  /** The service's folder, absolute, and its environment. */
  readonly cwd: string;
  readonly environment: CommandEnvironment;
  /** Whether a line that this run wrote so far matches. */
  outputMatches(pattern: string): boolean;
  /** The container that answers; `null`: processes of the machine do, or it has no port. */
  readonly image: ImageFacts | null;
  readonly signal: AbortSignal;
}

export interface Passed {
  readonly passed: true;
  readonly responseMs: number;
  /** The address that answered, `null` where none was asked. */
  readonly address: string | null;
  /** What the service itself speaks; `null` where it was not asked so. */
  readonly scheme: 'http' | 'https' | null;
}

export type ProbeResult =
  | Passed
  | { readonly passed: false; readonly responseMs: number | null; readonly seen: SeenWhileStarting };

/** A server that closes without a word may only be restarting; it is asked again after this long. */
const SECOND_OPINION_MS = 200;

/** Asks once whether the service is well. Never rejects; takes at most about `timeoutMs` for each address. */
export async function probeOnce(
  health: Pick<HealthPlan, 'probe' | 'timeoutMs'>,
  target: ProbeTarget,
): Promise<ProbeResult> {
  const { probe, timeoutMs } = health;
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  switch (probe.kind) {
    case 'any-answer':
      return target.port === null ? passed(0, null) : probeAnyAnswer(target, timeoutMs);
    case 'http':
      return probeHttp(probe, target, timeoutMs);
    case 'image':
      return target.image === null ? passed(0, null) : probeImage(target.image, target, timeoutMs);
    case 'tcp':
      return target.port === null ? passed(0, null) : probeConnection(target.port, target, timeoutMs);
    case 'command': {
      const code = await askCommand(probe.command, target, timeoutMs);
      if (code === 0) return passed(elapsed(), null);
      const end = code === null ? `did not end within ${timeoutMs} ms` : `exited with ${code}`;
      return failed({ kind: 'error', message: `\`${probe.command}\` ${end}` }, elapsed());
    }
    case 'log':
      if (target.outputMatches(probe.pattern)) return passed(0, null);
      return failed({ kind: 'error', message: `no line matches \`${probe.pattern}\`` }, null);
    case 'process':
      return passed(0, null);
  }
}

async function probeHttp(
  { target: path, expect }: { readonly target: string; readonly expect: readonly number[] },
  target: ProbeTarget,
  timeoutMs: number,
): Promise<ProbeResult> {
  const url = probeUrl(path, target.url, target);
  if (url === null) return failed({ kind: 'error', message: `\`${path}\` is no URL that can be asked` }, null);
  const isOwn = target.url !== null && url.host === new URL(target.url).host;
  const accepts = (status: number): boolean =>
    expect.length > 0 ? expect.includes(status) : status >= 200 && status < 400;
  const addresses = isOwn ? addressesToAsk(target.addresses) : [null];
  const plain = await askAddresses(url, addresses, target, timeoutMs);
  const { answer, address, asked } = await orOverTls(plain, url, { signal: target.signal, timeoutMs });
  if (answer.kind === 'status' && accepts(answer.status)) {
    return passed(answer.responseMs, address, isOwn ? schemeOf(asked) : null);
  }
  return failed(seenOf(answer, asked, address), answer.kind === 'status' ? answer.responseMs : null);
}

async function probeAnyAnswer(target: ProbeTarget, timeoutMs: number): Promise<ProbeResult> {
  const url = new URL(target.url ?? `http://localhost:${target.port}`);
  const addresses = addressesToAsk(target.addresses);
  let plain = await askAddresses(url, addresses, target, timeoutMs);
  if (plain[0].kind === 'closed') {
    await delay(SECOND_OPINION_MS);
    plain = await askAddresses(url, addresses, target, timeoutMs);
  }
  const { answer, address, asked } = await orOverTls(plain, url, { signal: target.signal, timeoutMs });
  if (answer.kind === 'not-http' || answer.kind === 'closed') return passed(answer.responseMs, address);
  if (answer.kind === 'status' && answer.status < 500) return passed(answer.responseMs, address, schemeOf(asked));
  return failed(seenOf(answer, asked, address), answer.kind === 'status' ? answer.responseMs : null);
}

interface Asked {
  readonly answer: Answer;
  readonly address: string | null;
  readonly asked: URL;
}

/** What does not understand a plain request may speak TLS: it is asked so on the very address that it listens on. */
async function orOverTls(
  [answer, address]: [Answer, string | null],
  url: URL,
  { signal, timeoutMs }: Pick<Question, 'signal' | 'timeoutMs'>,
): Promise<Asked> {
  const plain = { answer, address, asked: url };
  if (address === null || url.protocol !== 'http:' || !mayBeTls(answer)) return plain;
  const asked = new URL(url);
  asked.protocol = 'https:';
  const secure = await askHttp({ url: asked, address, timeoutMs, signal });
  return secure.kind === 'status' ? { answer: secure, address, asked } : plain;
}

/** Most close the connection, some answer with an alert; nginx and Go say 400 in plain HTTP. */
function mayBeTls(answer: Answer): boolean {
  return answer.kind === 'closed' || answer.kind === 'not-http' || (answer.kind === 'status' && answer.status === 400);
}

function schemeOf({ protocol }: URL): 'http' | 'https' {
  return protocol === 'https:' ? 'https' : 'http';
}

async function probeConnection(port: number, target: ProbeTarget, timeoutMs: number): Promise<ProbeResult> {
  const startedAt = performance.now();
  for (const address of addressesToAsk(target.addresses)) {
    if (await askConnection({ port, address, timeoutMs })) return passed(performance.now() - startedAt, address);
  }
  return failed({ kind: 'nothing-listens' }, null);
}

/**
 * One address after the other until one accepts the connection: two requests at once may cost a server two compiles.
 */
async function askAddresses(
  url: URL,
  addresses: readonly (string | null)[],
  { signal }: ProbeTarget,
  timeoutMs: number,
): Promise<[Answer, string | null]> {
  let last: [Answer, string | null] = [{ kind: 'unreachable', message: 'ECONNREFUSED' }, null];
  for (const address of addresses) {
    last = [await askHttp({ url, address, timeoutMs, signal }), address];
    if (last[0].kind !== 'unreachable') return last;
  }
  return last;
}

function seenOf(answer: Answer, url: URL, address: string | null): SeenWhileStarting {
  switch (answer.kind) {
    case 'status':
      return { kind: 'status', url: url.href, status: answer.status };
    case 'silent':
      return { kind: 'no-answer', address: address ?? url.host };
    case 'closed':
      return { kind: 'error', message: `${url.host} closed the connection without an answer` };
    case 'not-http':
      return { kind: 'error', message: `${url.host} does not answer in HTTP` };
    case 'unreachable':
      if (answer.message !== 'ECONNREFUSED') return { kind: 'error', message: answer.message };
      // Of another server's URL no address of ours was asked.
      return address === null
        ? { kind: 'error', message: `${url.href} refuses the connection` }
        : { kind: 'nothing-listens' };
  }
}

function passed(responseMs: number, address: string | null, scheme: Passed['scheme'] = null): ProbeResult {
  return { passed: true, responseMs, address, scheme };
}

function failed(seen: SeenWhileStarting, responseMs: number | null): ProbeResult {
  return { passed: false, responseMs, seen };
}
