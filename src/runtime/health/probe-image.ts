import { runCommand } from '../../platform/run-command.ts';
import { askHttp } from './ask-http.ts';
import { askWire, type WireAnswer } from './ask-wire.ts';
import { type ImageProbe, imageProbe } from './image-probes.ts';
import type { ProbeResult, ProbeTarget } from './probe.ts';

/** The container that is probed, as far as its image tells how to ask. */
export interface ImageFacts {
  readonly image: string;
  /** The port inside the container that the service's port leads to. */
  readonly port: number;
  /** What runs a script inside it. */
  readonly exec: readonly string[];
}

/** What forwards the ports of containers listens on IPv4 in any case. */
const ADDRESS = '127.0.0.1';
const LACKS_PROGRAM: ReadonlySet<number | null> = new Set([126, 127]);

/** Asks a container in the way that is known of its image, else for a connection that stays open. */
export async function probeImage(image: ImageFacts, target: ProbeTarget, timeoutMs: number): Promise<ProbeResult> {
  const startedAt = performance.now();
  const passed = (): ProbeResult => ({
    passed: true,
    responseMs: performance.now() - startedAt,
    address: null,
    scheme: null,
  });
  const failed = (message: string): ProbeResult => ({
    passed: false,
    responseMs: null,
    seen: { kind: 'error', message },
  });
  const probe = imageProbe(image.image, image.port);
  if (probe?.by === 'script') {
    const { code, output } = await inContainer(probe.script, { image, target, timeoutMs });
    if (code === 0) return passed();
    if (!LACKS_PROGRAM.has(code)) return failed(`its server does not answer yet${quoted(output)}`);
  }
  const answer = await knock(probe?.by === 'wire' ? probe : undefined, target, timeoutMs);
  if (probe?.by === 'wire' && answer.kind === 'said') {
    return probe.isReady(answer.bytes) ? passed() : failed(`it answers${quoted(answer.bytes.toString('latin1'))}`);
  }
  if (answer.kind !== 'open') return failed(NOT_OPEN[answer.kind]);
  if (probe?.by !== 'http') return passed();
  const url = new URL(probe.path, `http://${ADDRESS}:${target.port}`);
  const http = await askHttp({ url, address: null, timeoutMs, signal: target.signal });
  if (http.kind === 'status' && http.status >= 500) return failed(`${url.href} answers with status ${http.status}`);
  if (http.kind === 'silent' || http.kind === 'unreachable') return failed(`${url.href} does not answer`);
  return passed();
}

const NOT_OPEN: Readonly<Record<Exclude<WireAnswer['kind'], 'open'>, string>> = {
  refused: 'nothing listens on its port',
  closed: 'nothing in its container listens yet',
  silent: 'it accepts the connection and does not answer',
  said: 'it answers something else',
};

function knock(
  probe: Extract<ImageProbe, { by: 'wire' }> | undefined,
  { port }: ProbeTarget,
  timeoutMs: number,
): Promise<WireAnswer> {
  return askWire({ port: port ?? 0, address: ADDRESS, timeoutMs, question: probe?.question ?? null });
}

function inContainer(
  script: string,
  {
    image,
    target,
    timeoutMs,
  }: { readonly image: ImageFacts; readonly target: ProbeTarget; readonly timeoutMs: number },
) {
  const [file = '', ...args] = [...image.exec, 'sh', '-c', script];
  return runCommand({
    command: { kind: 'direct', file, args },
    cwd: target.cwd,
    environment: target.environment.exported,
    output: 'capture',
    timeoutMs,
    signal: target.signal,
  });
}

function quoted(output: string): string {
  const [line = ''] = output.trim().split('\n');
  return line === '' ? '' : `: \`${line.slice(0, 200)}\``;
}
