import { SUBREAPER_MARK } from './run-marks.ts';
import type { SpawnRequest } from './spawn-service.ts';
import { SUBREAPER_NAME, type SubreaperRequest } from './spawn-subreaper.ts';
import { endScript, launchBody, SCRIPT_FILE, startScript, systemCalls } from './subreaper-script.ts';

/** In a list of processes; as long as `SUBREAPER_NAME`, see `MARK`. */
export const ZYGOTE_NAME = 'devgen-launchers';

/** As long as a run's tag, and none. */
export const ZYGOTE_TAG = `DEVGEN_TAG_${'0'.repeat(32)}`;

/** Bytes of the title that `ps` shows of each. */
const TITLE_SIZE = 200;

/** The title of the zygote itself: whose it is. */
export function zygoteTitle(text: string): string {
  const missing = TITLE_SIZE - Buffer.byteLength(text);
  return missing < 0 ? ' '.repeat(TITLE_SIZE) : text + ' '.repeat(missing);
}

/** Digits of the size that goes before an order. */
const SIZE_DIGITS = 10;

/**
 * A child that was forked shows what its parent was started with: its arguments, and its environment, by which
 * subreapers are found. Both lie in one piece of memory that a process may write to, and perl writes there when `$0` is
 * set; so what is written there is as long as what was there before.
 * Source: proc(5), /proc/PID/environ; perlvar(1), $0
 */
const MARK = `sub mark{
$title=substr sprintf('%-${TITLE_SIZE}s',$_[2]),-${TITLE_SIZE};
$0=join"\\0",$_[0],'${SCRIPT_FILE}',$title,"$_[1]=1",'${SUBREAPER_MARK}=1'
}`;

/**
 * Forks a subreaper for each order that it reads. Ends with us; what it has not begun by then it does not, and its
 * subreapers live on. Speaks in lines that begin with the number of an order: the pid and start time of its process,
 * then its status, both said by the subreaper; the number alone when the subreaper has ended, which the end of a pipe
 * tells that it alone holds. Where perl keeps its arguments otherwise it ends at once.
 * `undefined` where there are no means.
 * Source: prctl(2), PR_SET_CHILD_SUBREAPER (36)
 */
export function zygoteScript(): string | undefined {
  const calls = systemCalls();
  if (calls === undefined) return undefined;
  // -100 is the folder in which it stands, and paths are absolute.
  return `${MARK}
sub take{my($n,$got)=(shift,'');while(length$got<$n){sysread STDIN,$got,$n-length$got,length$got or exit}$got}
$up=getppid;
mark('${ZYGOTE_NAME}','${ZYGOTE_TAG}',$ARGV[0]);
open $own,'/proc/self/environ';
<$own> eq "${ZYGOTE_TAG}=1\\0${SUBREAPER_MARK}=1\\0" or exit;
close $own;
close DATA;
open W,'>&STDOUT';
open STDOUT,'>/dev/null';
for(;;){
$ready='';
vec($ready,$_,1)=1 for 0,keys %of;
select $ready,undef,undef,undef;
for(grep{vec$ready,$_,1}keys %of){
($pid,$id)=@{delete $of{$_}};
waitpid $pid,0;
syswrite W,"$id\\n"
}
vec($ready,0,1) or next;
($id,$tag,$title,$cwd,$fifo,$log,$count,@run)=split /\\0/,take(take(${SIZE_DIGITS})),-1;
getppid==$up or exit;
@env=splice @run,$count;
my($in,$out);
if(!pipe($in,$out)||!defined($pid=fork)){
syswrite W,"$id\\n";
next
}
if($pid){
close $out;
$of{fileno $in}=[$pid,$id,$in];
next
}
%of=();
close $in;
open STDIN,'/dev/null';
syscall(${calls.setsid});
syscall(${calls.prctl},36,1,0,0,0)==0 or exit;
mark('${SUBREAPER_NAME}',$tag,$title);
-p $fifo||syscall(${calls.mknodat},-100,$fifo,010600,0)==0||($fifo='/dev/null');
${startScript(`syscall(${calls.setsid});
sysopen(STDIN,$fifo,2)&&sysopen(STDOUT,$log,02101,0600)&&open(STDERR,'>&STDOUT')`)}
${endScript('$id ')}
exit
}
__END__
`;
}

/** `undefined`: cannot be said. */
export function zygoteOrder(
  number: number,
  { tag, title }: SubreaperRequest,
  service: SpawnRequest,
): Buffer | undefined {
  if (tag.length !== ZYGOTE_TAG.length) return undefined;
  const { cwd, fifo, log } = service;
  const body = launchBody([`${number}`, tag, title, cwd, fifo || '/dev/null', log], service);
  return body && Buffer.concat([Buffer.from(`${body.length}`.padStart(SIZE_DIGITS)), body]);
}
