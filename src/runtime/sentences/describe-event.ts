import { formatDuration } from '../../base/duration.ts';
import { pathsOf } from '../state/paths.ts';
import type { RuntimeEvent } from '../state/runtime-event.ts';
import { endedHow } from './describe-exit.ts';
import { describeFailure, describeLeftProcesses } from './describe-failure.ts';
import { adviseOnHolders, describeHolders, describeTaken, isElsewhere } from './describe-holder.ts';
import { describeRemedy } from './describe-remedy.ts';
import { ignoreLogs } from './ignore-logs.ts';
import { enumerate, quoteLog, type Sentence, sentence, type Words } from './sentence.ts';

type Event<Kind extends RuntimeEvent['kind']> = Extract<RuntimeEvent, { readonly kind: Kind }>;

/** What happened to a service. */
export function describeEvent(event: RuntimeEvent, words: Words): Sentence {
  switch (event.kind) {
    case 'asked': {
      const from = event.from === null ? '' : `, from \`${event.from}\``;
      return sentence('news', `asked to ${event.request} by \`${event.command}\` (pid ${event.pid}${from})`);
    }
    case 'port-fallback':
      return portFallback(event, words);
    case 'port-freed':
      return sentence('warning', `ended ${describeHolders(event.holders, words)} to get port ${event.port}`);
    case 'waiting':
      return sentence('news', WAITING[event.reason](event.what));
    case 'starting':
      return starting(event);
    case 'on-terminal':
      return sentence('news', 'starting on a terminal');
    case 'container':
      return sentence('news', CONTAINER[event.news]);
    case 'adopted':
      return sentence('good', `still runs (pid ${event.pid})${at(event.url)}; watched over again`);
    case 'ready':
      return sentence('good', `ready${at(event.url)} (pid ${event.pid}, ${formatDuration(event.startupMs)})`);
    case 'alive-not-listening':
      return sentence('warning', `alive (pid ${event.pid}), but it does not listen; it wrote:`, [
        ...quoteLog(event.lastLines),
        ...describeRemedy(event.remedy, event.service),
      ]);
    case 'wrong-port':
      return wrongPort(event);
    case 'wrong-host':
      return wrongHost(event);
    case 'moved':
      return sentence('warning', `moved from port ${event.from} to ${event.port}: ${event.url}`, USE_PORT);
    case 'reload-loop':
      return reloadLoop(event);
    case 'unhealthy':
      return describeFailure(event.failure, event.service, words);
    case 'healthy':
      return sentence('good', 'healthy again');
    case 'following':
      return following(event);
    case 'exited':
      return exited(event);
    case 'ending':
      return sentence('news', ENDING[event.because](formatDuration(event.afterMs)));
    case 'backing-off':
      return sentence(
        'warning',
        `restarting ${event.delayMs === 0 ? 'at once' : `in ${formatDuration(event.delayMs)}`} ` +
          `(restart ${event.attempt} of at most ${event.maxRestarts})`,
      );
    case 'stopping':
      return sentence('news', `stopping: ${event.signal} to pid ${event.pid}${lastResort(event)}`);
    case 'killing':
      return sentence('warning', `killing with SIGKILL (pid ${event.pid})`, describeLeftProcesses(event.left));
    case 'stopped':
      return sentence('good', `stopped (${formatDuration(event.tookMs)})`);
    case 'failed':
      return describeFailure(event.failure, event.service, words);
  }
}

function lastResort({ signal, graceMs }: Event<'stopping'>): string {
  return signal === 'SIGKILL' ? '' : `, SIGKILL after ${formatDuration(graceMs)}`;
}

const CONTAINER: Readonly<Record<Event<'container'>['news'], string>> = {
  found: 'its container is up already: used as it is, and left up when the service is stopped',
  stopping: 'stopping its container',
  left: 'its container was up before and stays up',
};

const ENDING: Readonly<Record<Event<'ending'>['because'], (after: string) => string>> = {
  idle: (after) => `not used for ${after}: stopped with all others, as \`idleStop\` says`,
  'time-over': (after) => `started for ${after}, which are over: stopped with all others`,
};

const WAITING: Readonly<Record<Event<'waiting'>['reason'], (what: string) => string>> = {
  dependency: (what) => `waiting until \`${what}\` is ready`,
  before: (what) => `running \`${what}\` first`,
  'wait-for': (what) => `waiting for ${what}`,
};

function portFallback(event: Event<'port-fallback'>, words: Words): Sentence {
  const { wantedPort: port, service } = event;
  const advice = isElsewhere(event.holders) ? null : adviseOnHolders(event.holders, { port, service }, words);
  const using = `${describeTaken(port, event.holders, words)}; using ${event.port} instead`;
  return sentence('warning', advice === null ? using : `${using} — ${advice}`);
}

function starting(event: Event<'starting'>): Sentence {
  const where = event.url ?? (event.port === null ? null : `port ${event.port}`);
  const facts = [`pid ${event.pid}`, ...(where === null ? [] : [where]), `log ${pathsOf('').log(event.service)}`];
  return sentence('news', `starting \`${event.command}\` (${facts.join(', ')})`);
}

const USE_PORT = ['hint: Let its command use $PORT (`--port $PORT`), and fail when that is taken (`--strictPort`).'];

function wrongPort(event: Event<'wrong-port'>): Sentence {
  return sentence('warning', `was told port ${event.toldPort} but listens on ${event.port}: ${event.url}`, USE_PORT);
}

function wrongHost({ host, addresses }: Event<'wrong-host'>): Sentence {
  const where = `listens on ${enumerate(addresses)} only, not on ${host}, which is its \`host\``;
  return sentence('warning', where, ['hint: Let its `command` take it, mostly as `--host $HOST`.']);
}

function reloadLoop({ times, withinMs, pid, command }: Event<'reload-loop'>): Sentence {
  const often = `restarted by its own watcher ${times} times in ${formatDuration(withinMs)}`;
  return sentence('warning', `${often}: pid ${pid} watches logs/, too`, [`hint: ${ignoreLogs(command)}`]);
}

function following({ dependency, port }: Event<'following'>): Sentence {
  const now = port === null ? 'has no port any more' : `now has port ${port}`;
  return sentence('news', `restarting, because \`${dependency}\` ${now}`);
}

function exited({ pid, exit, expected }: Event<'exited'>): Sentence {
  const ended = endedHow(`pid ${pid} ended`, exit);
  return expected ? sentence('news', ended) : sentence('bad', `crashed: ${ended}`);
}

function at(url: string | null): string {
  return url === null ? '' : ` at ${url}`;
}
