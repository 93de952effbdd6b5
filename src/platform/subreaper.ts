import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { currentBoot } from './boot.ts';
import type { ProcessIdentity } from './process-identity.ts';
import type { ProcessEnd, ServiceParent, SpawnedProcess, SpawnRequest } from './spawn-service.ts';
import { SUBREAPER_MARK } from './spawn-supervisor.ts';
import { whenGone } from './when-gone.ts';

/** A known path: what `PATH` names may be a script that looks for the right perl, at ten times the price. */
const PERL = '/usr/bin/perl';

/** Numbers of prctl and setsid. Source: syscalls(2), the tables under arch/ in Linux */
const SYSTEM_CALLS: Readonly<Partial<Record<NodeJS.Architecture, readonly [prctl: number, setsid: number]>>> = {
  x64: [157, 112],
  arm64: [167, 157],
  riscv64: [167, 157],
  arm: [172, 66],
  ia32: [172, 66],
};

export interface SubreaperRequest {
  /** The run's tag. */
  readonly tag: string;
  /** Tells whoever lists the processes whose it is. */
  readonly title: string;
}

/**
 * Starts a process that is to be a service's parent, and to which the kernel gives every descendant of it that loses its
 * own: even a daemon that cleared its environment, closed its files and left its session stays in the tree by parent.
 * It needs about 4 ms to be ready, so begin it before you need it. It launches one service in a session of its own, with
 * the service's own environment, session and files (it has none of them itself), tells its pid, then its end at once; it
 * reaps, forwards no signal, and ends with its last descendant. Nothing depends on its life: without it the service goes on,
 * and its end is seen all the same. `undefined` where there are no means: Linux with perl only.
 * Source: prctl(2), PR_SET_CHILD_SUBREAPER (36)
 */
export function openSubreaper({ tag, title }: SubreaperRequest): ServiceParent | undefined {
  const calls = SYSTEM_CALLS[process.arch];
  if (process.platform !== 'linux' || calls === undefined || !existsSync(PERL)) return undefined;
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn(PERL, ['-', title], {
    argv0: 'devgen-subreaper',
    cwd: '/',
    env: { [tag]: '1', [SUBREAPER_MARK]: '1' },
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.unref();
  // What fails here shows as the end of its words.
  for (const part of [child, child.stdin]) part.on('error', () => undefined);
  const words = wordsOf(child);
  child.stdin.write(scriptFor(calls));
  return {
    dismiss: () => void child.stdin.end(),
    launch: async (request) => {
      const body = bodyOf(request);
      child.stdin.end(body === undefined ? '' : Buffer.concat([Buffer.from(`${body.length}\n`), body]));
      return launched(await words.first, words.second);
    },
  };
}

/**
 * Reads what to run from behind its own text; runs nothing, and ends, when that ends too early (we are dead or have
 * changed our mind) or anything fails, which then is tried again without it. A pipe that closes itself tells of the exec.
 */
function scriptFor([prctl, setsid]: readonly [number, number]): string {
  return `syscall(${prctl},36,1,0,0,0)==0 or exit;
my $size=<DATA>;
$size>0 and read(DATA,my $request,$size)==$size or exit;
my($cwd,$fifo,$log,$count,@command)=split /\\0/,$request,-1;
my @environment=splice @command,$count;
pipe my $failure,my $failed;
defined(my $pid=fork) or exit;
if(!$pid){
syscall(${setsid});
if(chdir($cwd)&&sysopen(STDIN,$fifo,2)&&sysopen(STDOUT,$log,02101,0600)&&open(STDERR,'>&STDOUT')){
%ENV=map{split /=/,$_,2}@environment;
exec{$command[0]}@command;
}
syswrite $failed,'!';
exit;
}
close $failed;
sysread $failure,my $sign,1 and exit;
open my $stat,"/proc/$pid/stat";
my $start=(split ' ',<$stat>=~s/.*\\) //sr)[19];
close $_ for $stat,$failure;
open STDIN,'/dev/null';
$SIG{PIPE}='IGNORE';
syswrite STDOUT,"$pid $start\\n";
while((my $ended=wait)>0||$!!=10){$ended==$pid and syswrite STDOUT,"$?\\n"}
__END__
`;
}

/** `undefined`: cannot be said, for a NUL separates the parts. */
function bodyOf({ file, args, cwd, environment, fifo, log, shell }: SpawnRequest): Buffer | undefined {
  const command = shell ? ['/bin/sh', '-c', file] : [file, ...args];
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const parts = [cwd, fifo === '' ? '/dev/null' : fifo, log, String(command.length), ...command, ...variables];
  return parts.some((part) => part.includes('\0')) ? undefined : Buffer.from(parts.join('\0'));
}

/** The two lines that it says; `undefined`: it ended before. */
function wordsOf({ stdout }: ChildProcess): Record<'first' | 'second', Promise<string | undefined>> {
  let text = '';
  const lines = (count: number): Promise<string | undefined> =>
    new Promise((resolve) => {
      const look = (): void => {
        const said = text.split('\n');
        if (said.length > count) resolve(said[count - 1]);
      };
      stdout?.on('data', look).once('close', () => resolve(undefined));
    });
  stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const words = { first: lines(1), second: lines(2) };
  if (stdout instanceof Socket) void words.first.then(() => stdout.unref());
  return words;
}

function launched(first: string | undefined, second: Promise<string | undefined>): SpawnedProcess | undefined {
  if (first === undefined) return undefined;
  const [pid = 0, startTime = 0] = first.split(' ').map(Number);
  const identity = { ...currentBoot(), pid, startTime };
  return { identity, exited: second.then((status) => endOf(identity, status)) };
}

/** The status is that of wait(2). When the subreaper was killed nobody learns how the service ends, only that it does. */
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
