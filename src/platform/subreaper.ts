import { Socket } from 'node:net';
import { expectCodes } from './error-code.ts';
import { probeDescriptors } from './probe-descriptors.ts';
import type { ServiceParent } from './spawn-service.ts';
import { launchedProcess, type SubreaperRequest, spawnSubreaper } from './spawn-subreaper.ts';
import { endTold, launchBody, type SubreaperRole, subreaperScript, wordOf } from './subreaper-script.ts';

const ROLE: SubreaperRole = { session: 'own', streams: 'opened' };

/** Both ends of two pipes, and what Node needs for a moment. */
const SPARE_DESCRIPTORS = 8;

/**
 * Starts a process that is to be a service's parent, and to which the kernel gives every descendant of it that loses
 * its own: even a daemon that cleared its environment, closed its files and left its session stays in the tree by
 * parent. It needs about 4 ms to be ready, so begin it before you need it. It launches one service in a session of its
 * own, with the service's own environment, session and files (it has none of them itself), tells its pid, then its end
 * at once; it reaps, forwards no signal, and ends with its last descendant. Nothing depends on its life: without it the
 * service goes on, and its end is seen all the same. `undefined` where there are no means: Linux with perl only.
 * Source: prctl(2), PR_SET_CHILD_SUBREAPER (36)
 */
export async function openSubreaper(request: SubreaperRequest): Promise<ServiceParent | undefined> {
  const script = subreaperScript(ROLE);
  if (script === undefined) return undefined;
  if (!mayOpen(SPARE_DESCRIPTORS)) return undefined;
  const child = spawnSubreaper(ROLE, request, ['pipe', 'pipe', 'ignore']);
  const { pid, stdin, stdout } = child;
  child.unref();
  if (pid === undefined || stdin === null || !(stdout instanceof Socket)) return undefined; // No perl here.
  // What fails from here on shows as the end of its words.
  for (const stream of [stdin, stdout]) stream.on('error', () => undefined);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const [first, second] = [wordOf(stdout, 1), wordOf(stdout, 2)];
  stdin.write(script);
  return {
    dismiss: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    launch: async (service) => {
      const body = launchBody(service);
      stdin.end(body === undefined ? '' : Buffer.concat([Buffer.from(`${body.length}\n`), body]));
      const identity = launchedProcess(await first);
      stdout.unref();
      return identity && { identity, exited: second.then((status) => endTold(identity, status)) };
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
