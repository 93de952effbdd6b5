import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { ProcessIdentity } from './process-identity.ts';
import type { ProcessEnd, SpawnRequest } from './spawn-service.ts';
import { whenGone } from './when-gone.ts';

/** A known path: what `PATH` names may be a script that looks for the right perl, at ten times the price. */
export const PERL = '/usr/bin/perl';

type SystemCalls = readonly [prctl: number, setsid: number, mknodat: number];

/** Their numbers. Source: syscalls(2), the tables under arch/ in Linux */
const SYSTEM_CALLS: Readonly<Partial<Record<NodeJS.Architecture, SystemCalls>>> = {
  x64: [157, 112, 259],
  arm64: [167, 157, 33],
  riscv64: [167, 157, 33],
  arm: [172, 66, 324],
};

/** What a subreaper launches, and where it hears and speaks. */
export interface SubreaperRole {
  /** Of the process that it launches; `caller`: that of the subreaper itself. */
  readonly session: 'own' | 'caller';
  /**
   * `opened`: it opens the FIFO and the log of a service, hears on its stdin and speaks on its stdout. `inherited`: the
   * process gets its own streams, so it hears at descriptor 3 and speaks at 4, and a signal from the terminal, which it
   * shares, does not end it.
   */
  readonly streams: 'opened' | 'inherited';
}

/** Where it hears: the name that perl takes for the file of its script. */
export function scriptFile({ streams }: SubreaperRole): string {
  return streams === 'opened' ? '-' : '/dev/fd/3';
}

/**
 * Reads what to run from behind its own text; runs nothing, and ends, when that ends too early (we are dead or have
 * changed our mind) or anything fails, which then is tried again without it. A pipe that closes itself tells of the
 * exec. `undefined` where there are no means: Linux only.
 * Source: prctl(2), PR_SET_CHILD_SUBREAPER (36)
 */
export function subreaperScript({ session, streams }: SubreaperRole): string | undefined {
  const calls = SYSTEM_CALLS[process.arch];
  if (process.platform !== 'linux' || calls === undefined) return undefined;
  const [prctl, setsid, mknodat] = calls;
  const parts = STREAMS[streams];
  return `syscall(${prctl},36,1,0,0,0)==0 or exit;
($size=<DATA>)>0&&read(DATA,$body,$size)==$size or exit;
($cwd,$fifo,$log,$count,@run)=split /\\0/,$body,-1;
@env=splice @run,$count;
$mknodat=${mknodat};
pipe $in,$out;
${parts.before}
defined($pid=fork) or exit;
if(!$pid){
${session === 'own' ? `syscall(${setsid});` : ''}
%ENV=map{split /=/,$_,2}@env;
chdir($cwd)&&${parts.child}&&exec{$run[0]}@run;
exit syswrite $out,'!'
}
close $out;
sysread $in,$body,1 and exit;
open $stat,"/proc/$pid/stat";
$start=(split ' ',<$stat>=~s/.*\\) //sr)[19];
close $_ for $stat,$in;
${parts.parent}
open STDIN,'/dev/null';
$SIG{PIPE}='IGNORE';
syswrite W,"$pid $start\\n";
while(($_=wait)>0||$!!=10){$_==$pid and syswrite W,"$?\\n"}
__END__
`;
}

interface StreamsPart {
  readonly before: string;
  /** In the process that is launched. */
  readonly child: string;
  /** In the subreaper, once that has been. */
  readonly parent: string;
}

const STREAMS: Readonly<Record<SubreaperRole['streams'], StreamsPart>> = {
  opened: {
    // A process less than mkfifo would be; -100 is the folder in which it stands, and paths are absolute.
    before: "-p $fifo||syscall($mknodat,-100,$fifo,010600,0)==0||($fifo='/dev/null');",
    child: "sysopen(STDIN,$fifo,2)&&sysopen(STDOUT,$log,02101,0600)&&open(STDERR,'>&STDOUT')",
    parent: '*W=*STDOUT;',
  },
  // Its own copies of the streams would keep their other ends waiting.
  inherited: {
    before: "@s=qw(INT QUIT HUP TERM);@o=@SIG{@s};@SIG{@s}=('IGNORE')x@s;",
    child: `do{$SIG{$s[$_]}=$o[$_]||'DEFAULT' for 0..$#s;for(3,4){open X,"<&=$_";close X}1}`,
    parent: `open W,'>&=4';
open STDOUT,'>/dev/null';
open STDERR,'>/dev/null';`,
  },
};

/** `undefined`: cannot be said, for a NUL separates the parts. */
export function launchBody({ command, cwd, environment, fifo, log }: SpawnRequest): Buffer | undefined {
  const words = command.kind === 'shell' ? ['/bin/sh', '-c', command.text] : [command.file, ...command.args];
  const parts = [cwd, fifo || '/dev/null', log, `${words.length}`, ...words];
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
