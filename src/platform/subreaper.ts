import { Socket } from 'node:net';
import { currentBoot } from './boot.ts';
import { expectCodes } from './error-code.ts';
import { probeDescriptors } from './probe-descriptors.ts';
import { SUBREAPER_MARK } from './run-marks.ts';
import type { ServiceParent } from './spawn-service.ts';
import {
  endTold,
  launchBody,
  PERL,
  type SubreaperRole,
  scriptFile,
  subreaperScript,
  wordOf,
} from './subreaper-script.ts';

const ROLE: SubreaperRole = { session: 'own', streams: 'opened' };

/** Both ends of two pipes, and what Node needs for a moment. */
const SPARE_DESCRIPTORS = 8;

export interface SubreaperRequest {
  /** The run's tag. */
  readonly tag: string;
  /** Says in a list of processes what it belongs to. */
  readonly title: string;
}

/**
 * Starts a process that is to be a service's parent, and to which the kernel gives every descendant of it that loses
 * its own: even a daemon that cleared its environment, closed its files and left its session stays in the tree by
 * parent. It needs about 4 ms to be ready, so begin it before you need it. It launches one service in a session of its
 * own, with the service's own environment, session and files (it has none of them itself), tells its pid, then its end
 * at once; it reaps, forwards no signal, and ends with its last descendant. Nothing depends on its life: without it the
 * service goes on, and its end is seen all the same. `undefined` where there are no means: Linux with perl only.
 * Source: prctl(2), PR_SET_CHILD_SUBREAPER (36)
 */
export async function openSubreaper({ tag, title }: SubreaperRequest): Promise<ServiceParent | undefined> {
  const script = subreaperScript(ROLE);
  if (script === undefined) return undefined;
  if (!mayOpen(SPARE_DESCRIPTORS)) return undefined;
  // Node's own spawn: else every start would wait until execa is loaded (8 ms).
  const child = process.getBuiltinModule('node:child_process').spawn(PERL, [scriptFile(ROLE), title], {
    argv0: 'devgen-subreaper',
    cwd: '/',
    env: { [tag]: '1', [SUBREAPER_MARK]: '1' },
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.once('error', () => undefined);
  child.unref();
  if (child.pid === undefined) return undefined; // No perl here, most likely.
  // What fails from here on shows as the end of its words.
  for (const stream of [child.stdin, child.stdout]) stream.on('error', () => undefined);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const [first, second] = [wordOf(child.stdout, 1), wordOf(child.stdout, 2)];
  child.stdin.write(script);
  return {
    dismiss: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    launch: async (request) => {
      const body = launchBody(request);
      child.stdin.end(body === undefined ? '' : Buffer.concat([Buffer.from(`${body.length}\n`), body]));
      const [pid, startTime] = ((await first) ?? '').split(' ').map(Number);
      if (child.stdout instanceof Socket) child.stdout.unref();
      if (pid === undefined || startTime === undefined) return undefined;
      const identity = { ...currentBoot(), pid, startTime };
      return { identity, exited: second.then((status) => endTold(identity, status)) };
    },
  };
}

function mayOpen(count: number): boolean {
  try {
    probeDescriptors(count);
    return true;
  } catch (thrown) {
    expectCodes(thrown, ['EMFILE', 'ENFILE']);
    return false;
  }
}
