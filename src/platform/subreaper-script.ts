import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { currentBoot } from './boot.ts';
import type { ProcessIdentity } from './process-identity.ts';
import type { ProcessEnd, SpawnRequest } from './spawn-service.ts';
import { whenGone } from './when-gone.ts';

/** A known path: what `PATH` names may be a script that looks for the right perl, at ten times the price. */
export const PERL = '/usr/bin/perl';

/** Where perl hears its script: perl takes descriptor 3 itself, and opens no file of that name. */
export const SCRIPT_FILE = '/dev/fd/3';

interface SystemCalls {
  readonly prctl: number;
  readonly setsid: number;
  readonly mknodat: number;
}

/** Their numbers. Source: syscalls(2), the tables under arch/ in Linux */
const SYSTEM_CALLS: Readonly<Partial<Record<NodeJS.Architecture, SystemCalls>>> = {
  x64: { prctl: 157, setsid: 112, mknodat: 259 },
  arm64: { prctl: 167, setsid: 157, mknodat: 33 },
  riscv64: { prctl: 167, setsid: 157, mknodat: 33 },
  arm: { prctl: 172, setsid: 66, mknodat: 324 },
};

/** `undefined` where there are no means: Linux only. */
export function systemCalls(): SystemCalls | undefined {
  return process.platform === 'linux' ? SYSTEM_CALLS[process.arch] : undefined;
}

/** Whose session it is in: one of its own, or that of the process which starts it. */
export type SubreaperSession = 'own' | 'caller';

/**
 * Of a subreaper for one command, which gets its streams. It reads what to run from behind its own text; runs nothing,
 * and ends, when that ends too early (we are dead or have changed our mind) or anything fails, which then is tried
 * again without it. It hears at descriptor 3 and speaks at 4, and a signal from the terminal, which it shares, does not
 * end it. `undefined` where there are no means.
 */
export function commandSubreaperScript(session: SubreaperSession): string | undefined {
  const calls = systemCalls();
  if (calls === undefined) return undefined;
  // Its own copies of the streams would keep their other ends waiting.
  return `syscall(${calls.prctl},36,1,0,0,0)==0 or exit;
($size=<DATA>)>0&&read(DATA,$body,$size)==$size or exit;
($cwd,$count,@run)=split /\\0/,$body,-1;
@env=splice @run,$count;
@s=qw(INT QUIT HUP TERM);@o=@SIG{@s};@SIG{@s}=('IGNORE')x@s;
${startScript(`${session === 'own' ? `syscall(${calls.setsid});` : ''}
do{$SIG{$s[$_]}=$o[$_]||'DEFAULT' for 0..$#s;for(3,4){open X,"<&=$_";close X}1}`)}
open W,'>&=4';
open STDIN,'/dev/null';
open STDOUT,'>/dev/null';
open STDERR,'>/dev/null';
${endScript('')}
__END__
`;
}

/**
 * Starts `@run` in the folder `$cwd` with `@env`; `ready` is what the new process does before. A pipe that closes
 * itself tells of the exec.
 */
export function startScript(ready: string): string {
  return `pipe($heard,$failed)&&defined($pid=fork) or exit;
if(!$pid){
%ENV=map{split /=/,$_,2}@env;
${ready}
&&chdir($cwd)&&exec{$run[0]}@run;
exit syswrite $failed,'!'
}
close $failed;
sysread $heard,$body,1 and exit;
open $stat,"/proc/$pid/stat";
$start=(split ' ',<$stat>=~s/.*\\) //sr)[19];
close $_ for $stat,$heard;`;
}

/** Says at `W` which process that is, then how it ended; ends with the last one that came under the subreaper. */
export function endScript(name: string): string {
  return `$SIG{PIPE}='IGNORE';
syswrite W,"${name}$pid $start\\n";
while(($_=wait)>0||$!!=10){$_==$pid and syswrite W,"${name}$?\\n"}`;
}

/** What is to be run, as the scripts read it. `undefined`: cannot be said, for a NUL separates the parts. */
export function launchBody(
  first: readonly string[],
  { command, environment }: Pick<SpawnRequest, 'command' | 'environment'>,
): Buffer | undefined {
  const words = command.kind === 'shell' ? ['/bin/sh', '-c', command.text] : [command.file, ...command.args];
  const parts = [...first, `${words.length}`, ...words];
  for (const name in environment) parts.push(`${name}=${environment[name]}`);
  return parts.some((part) => part.includes('\0')) ? undefined : Buffer.from(parts.join('\0'));
}

/** A line that it says, counted from 1; `undefined`: it ended before. */
export function wordOf(stdout: Readable, number: number): Promise<string | undefined> {
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

/** What its first word says of the process that was started; `undefined`: none was. */
export function startedProcess(word: string | undefined): ProcessIdentity | undefined {
  const [pid, startTime] = (word ?? '').split(' ').map(Number);
  return pid === undefined || startTime === undefined ? undefined : { ...currentBoot(), pid, startTime };
}

/**
 * The status is that of wait(2). When the subreaper was killed, it is not known how the process ends, only that it
 * does.
 */
export async function endTold(identity: ProcessIdentity, status: string | undefined): Promise<ProcessEnd> {
  if (status === undefined) {
    await whenGone(identity);
    return { code: null, signal: null };
  }
  const number = Number(status) & 0x7f;
  if (number === 0) return { code: Number(status) >> 8, signal: null };
  const signals = Object.entries(constants.signals);
  return { code: null, signal: signals.find(([, each]) => each === number)?.[0] ?? null };
}
