import { Socket } from 'node:net';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { currentBoot } from './boot.ts';
import { expectCodes } from './error-code.ts';
import { probeDescriptors } from './probe-descriptors.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { SUBREAPER_MARK } from './run-marks.ts';
import type { ProcessEnd, ServiceParent, SpawnRequest } from './spawn-service.ts';
import { whenGone } from './when-gone.ts';

/** A known path: what `PATH` names may be a script that looks for the right perl, at ten times the price. */
const PERL = '/usr/bin/perl';

/** Numbers of prctl and setsid. Source: syscalls(2), the tables under arch/ in Linux */
const SYSTEM_CALLS: Readonly<Partial<Record<NodeJS.Architecture, readonly [prctl: number, setsid: number]>>> = {
  x64: [157, 112],
  arm64: [167, 157],
  riscv64: [167, 157],
  arm: [172, 66],
};

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
  const calls = SYSTEM_CALLS[process.arch];
  if (process.platform !== 'linux' || calls === undefined) return undefined;
  if (!mayOpen(SPARE_DESCRIPTORS)) return undefined;
  // Node's own spawn: else every start would wait until execa is loaded (8 ms).
  const child = process.getBuiltinModule('node:child_process').spawn(PERL, ['-', title], {
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
  child.stdin.write(scriptFor(calls));
  return {
    dismiss: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    launch: async (request) => {
      const body = bodyOf(request);
      child.stdin.end(body === undefined ? '' : Buffer.concat([Buffer.from(`${body.length}\n`), body]));
      const [pid, startTime] = ((await first) ?? '').split(' ').map(Number);
      if (child.stdout instanceof Socket) child.stdout.unref();
      if (pid === undefined || startTime === undefined) return undefined;
      const identity = { ...currentBoot(), pid, startTime };
      return { identity, exited: second.then((status) => endOf(identity, status)) };
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

/**
 * Reads what to run from behind its own text; runs nothing, and ends, when that ends too early (we are dead or have
 * changed our mind) or anything fails, which then is tried again without it. A pipe that closes itself tells of the
 * exec.
 */
function scriptFor([prctl, setsid]: readonly [number, number]): string {
  return `syscall(${prctl},36,1,0,0,0)==0 or exit;
($size=<DATA>)>0&&read(DATA,$body,$size)==$size or exit;
($cwd,$fifo,$log,$count,@run)=split /\\0/,$body,-1;
@env=splice @run,$count;
pipe $in,$out;
defined($pid=fork) or exit;
if(!$pid){
syscall(${setsid});
%ENV=map{split /=/,$_,2}@env;
chdir($cwd)&&sysopen(STDIN,$fifo,2)&&sysopen(STDOUT,$log,02101,0600)&&open(STDERR,'>&STDOUT')&&exec{$run[0]}@run;
exit syswrite $out,'!'
}
close $out;
sysread $in,$body,1 and exit;
open $stat,"/proc/$pid/stat";
$start=(split ' ',<$stat>=~s/.*\\) //sr)[19];
close $_ for $stat,$in;
open STDIN,'/dev/null';
$SIG{PIPE}='IGNORE';
syswrite STDOUT,"$pid $start\\n";
while(($_=wait)>0||$!!=10){$_==$pid and syswrite STDOUT,"$?\\n"}
__END__
`;
}

/** `undefined`: cannot be said, for a NUL separates the parts. */
function bodyOf({ command, cwd, environment, fifo, log }: SpawnRequest): Buffer | undefined {
  const words = command.kind === 'shell' ? ['/bin/sh', '-c', command.text] : [command.file, ...command.args];
  const parts = [cwd, fifo || '/dev/null', log, `${words.length}`, ...words];
  for (const name in environment) parts.push(`${name}=${environment[name]}`);
  return parts.some((part) => part.includes('\0')) ? undefined : Buffer.from(parts.join('\0'));
}

/** A line that it says, counted from 1; `undefined`: it ended before. */
function wordOf(stdout: Readable, number: number): Promise<string | undefined> {
  let text = '';
  return new Promise((resolve) => {
    stdout.on('data', (chunk: Buffer) => {
      text += chunk;
      const lines = text.split('\n');
      if (lines.length > number) resolve(lines[number - 1]);
    });
    stdout.once('close', () => resolve(undefined));
  });
}

/**
 * The status is that of wait(2). When the subreaper was killed, it is not known how the service ends, only that it
 * does.
 */
async function endOf(identity: ProcessIdentity, status: string | undefined): Promise<ProcessEnd> {
  if (status === undefined) {
    await whenGone(identity);
    return { code: null, signal: null };
  }
  const number = Number(status) & 0x7f;
  if (number === 0) return { code: Number(status) >> 8, signal: null };
  const signals = Object.entries(constants.signals);
  return { code: null, signal: signals.find(([, each]) => each === number)?.[0] ?? null };
}
