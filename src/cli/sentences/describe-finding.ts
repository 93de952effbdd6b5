import { quoteWord } from '../../base/quote-word.ts';
import { describeFailure, describeLeftProcesses } from '../../runtime/sentences/describe-failure.ts';
import { cut, describeTaken } from '../../runtime/sentences/describe-holder.ts';
import { ignoreLogs } from '../../runtime/sentences/ignore-logs.ts';
import { enumerate, type Words } from '../../runtime/sentences/sentence.ts';
import type { Fact } from '../doctor/finding.ts';
import { recordModes } from './describe-check.ts';
import { describeLeftToDo } from './describe-left-to-do.ts';
import { formatBytes } from './describe-resources.ts';
import { describeReason, describeSetupFailure, whatRuns } from './describe-setup.ts';

/** A finding in words. */
export interface FindingText {
  readonly what: string;
  /** A command or an edit; empty: there is nothing to mend. */
  readonly remedy: string;
  /** What proves or explains it. */
  readonly details: readonly string[];
}

export function describeFinding(fact: Fact, words: Words): FindingText {
  const describe = TEXTS[fact.code] as (fact: Fact, words: Words) => Text;
  const [what, remedy = '', details = []] = describe(fact, words);
  return { what, remedy, details };
}

function missingOf({ packages, of, folder, install }: Extract<Fact, { readonly install: string }>): Text {
  const verb = packages.length === 1 ? 'is' : 'are';
  const what = `${some(packages)} ${verb} not installed, which \`${of}\` needs`;
  return [what, `\`${folder === '.' ? install : `(cd ${quoteWord(folder)} && ${install})`}\``];
}

type Text = readonly [what: string, remedy?: string, details?: readonly string[]];

const HINT = 'hint: ';
const TO_MEND = 'in the config';

const TEXTS: { readonly [Code in Fact['code']]: (fact: Extract<Fact, { code: Code }>, words: Words) => Text } = {
  diagnostic: ({ diagnostic: { message, hint } }) => [message, hint ?? ''],
  failure({ service, failure }, words) {
    const { text, details } = describeFailure(failure, service, words);
    const hint = details.find((line) => line.startsWith(HINT))?.slice(HINT.length);
    const rest = details.filter((line) => !line.startsWith(HINT));
    return [`\`${service}\`: ${text}`, hint ?? `\`${words.program} logs ${service}\` shows more.`, rest];
  },
  'config-outdated': ({ source }) => [
    source === 'last-plan'
      ? 'the rest goes by the configuration as it was before'
      : 'without it only what runs is checked',
  ],
  'files-edited': ({ paths }) => [
    `edited: ${some(paths)}`,
    '`npx devgen generate --diff` shows how; `--force` writes them anew and keeps a copy.',
  ],
  'targets-missing': ({ names }) => [`no make targets yet: ${some(names)}`, '`npx devgen generate`'],
  'files-missing': ({ paths }) => [`missing, or not as they must be: ${some(paths)}`, '`npx devgen generate`'],
  'modes-lost': ({ paths }) => [
    `git has recorded as not executable, so that clones cannot run: ${some(paths)}`,
    `\`${recordModes(paths)}\`, then commit (\`core.fileMode\` is false here, so git does not look)`,
  ],
  'port-forbidden': ({ port, service }) => [
    `this user may not use port ${port} (on most systems ports below 1024 are root's)`,
    `Give \`${service}\` a \`port\` above 1023 ${TO_MEND}.`,
  ],
  'port-bound': ({ port, users }) =>
    users.length === 0
      ? [
          `port ${port} is bound by a process that does not listen, and that the system does not show`,
          `Give it another \`port\` ${TO_MEND}, or wait; \`sudo ss -anp | grep :${port}\` may show more.`,
        ]
      : [
          `port ${port} is the near end of another program's connection`,
          `\`kill ${users.map(({ pid }) => pid).join(' ')}\`, or wait until it is closed.`,
          describeLeftProcesses(users),
        ],
  'port-elsewhere': ({ service, port, holders }, words) => [
    `\`${service}\`: ${describeTaken(port, holders, words)}: not a problem, it gets another one here`,
  ],
  'port-lingers': ({ port, connections }) => {
    const what = `closed connections linger on port ${port} (TIME_WAIT: ${connections})`;
    return [`${what}: not a problem, they keep no server from starting`];
  },
  'port-free-again': ({ port, service, actual }, { program }) => [
    `\`${service}\` has port ${actual}; the port ${port} that it wants is free again`,
    `\`${program} restart ${service}\` takes it.`,
  ],
  'process-stopped': ({ service, pid }) => [
    `\`${service}\`: its process (pid ${pid}) is stopped (SIGSTOP)`,
    `\`kill -CONT ${pid}\` lets it go on.`,
  ],
  unwell: ({ service, state }, { program }) => [
    `\`${service}\` ${state === 'unhealthy' ? 'is unhealthy' : state}`,
    `\`${program} logs ${service}\` tells why; \`${program} restart ${service}\` begins anew.`,
  ],
  'state-stale': ({ service, files }, { program }) => [
    `nothing of \`${service}\` runs, whatever ${enumerate(files)} may say`,
    `\`${program} start ${service}\` starts it, \`${program} stop ${service}\` only tidies up.`,
  ],
  'state-unreadable': ({ file, owner, isLost, service, version }, { program }) => {
    const damage = version === null ? 'makes no sense' : `is of another version of devgen (schema ${version})`;
    const remove = `\`rm ${quoteWord(file)}\``;
    if (owner !== null) return [`${file} cannot be read; it belongs to ${owner}`, `Do it as ${owner}.`];
    if (!isLost) {
      const start = `\`${program} start ${quoteWord(service)}\` writes it anew`;
      return [`${file} ${damage}`, `${start}; if there is no such service, ${remove}.`];
    }
    const nuke = `\`${program} nuke\` ends what is left of it`;
    return [`${file} ${damage}, so what runs of \`${service}\` is left alone`, `${nuke}; if nothing is, ${remove}.`];
  },
  'pid-file': ({ file, pid, command }) => [
    `${file} names pid ${pid}, which is ${command === null ? 'gone' : `another process by now: \`${cut(command)}\``}`,
    `\`rm ${quoteWord(file)}\`; devgen itself does not go by it.`,
  ],
  leftover: ({ service, processes }, { program }) => [
    `processes of ${service === null ? 'a run without a record' : `an earlier run of \`${service}\``} are left`,
    `\`${program} stop${service === null ? '' : ` ${service}`}\` ends them.`,
    describeLeftProcesses(processes),
  ],
  'supervisor-silent': ({ pid, isStopped }) => [
    `the supervisor (pid ${pid ?? 'unknown'}) ${isStopped ? 'is stopped (SIGSTOP) and ' : ''}does not answer`,
    isStopped
      ? `\`kill -CONT ${pid}\` lets it go on.`
      : `\`kill -9 ${pid ?? '$(pgrep -f supervisor.cjs)'}\`: the services go on, the next command takes them over.`,
  ],
  'socket-stale': ({ file }, { program }) => [
    `no process listens on ${file}: its supervisor was killed`,
    `The next \`${program} start\` replaces it.`,
  ],
  unsupervised: ({ services }, { program }) => [
    `no process watches over ${enumerate(services.map(tick))}: the supervisor is gone`,
    `\`${program} start\`; they go on meanwhile.`,
  ],
  zombie({ pid, name, parent, service }, { program }) {
    const reaper = `pid ${parent.pid}, \`${cut(parent.command)}\`${service === null ? '' : `, of \`${service}\``}`;
    const what = `zombie ${pid} (\`${name}\`) has ended and takes nothing but a pid`;
    return [
      `${what}; only its parent (${reaper}) can reap it, and does not`,
      service !== null
        ? `\`${program} restart ${service}\` ends the parent, and with it the zombie.`
        : parent.pid === 1
          ? 'Run the container with an init that reaps (`docker run --init`).'
          : `It goes when process ${parent.pid} ends.`,
    ];
  },
  'watches-logs': ({ service, pid, command }) => [
    `\`${service}\` restarts whenever a file in logs/ changes: \`${cut(command)}\` (pid ${pid}) watches it`,
    ignoreLogs(command),
  ],
  'other-port': ({ service, told, actual }) => [
    `\`${service}\` was given port ${told}, but listens on ${enumerate(actual.map(String))}`,
    'Let its `command` take it: `--port $PORT`, or read `PORT` in its code.',
  ],
  'not-listening': ({ service, port }, { program }) => [
    `\`${service}\` runs, but nothing of it listens on its port ${port}`,
    `\`${program} logs ${service}\` tells why.`,
  ],
  'address-family': ({ service, host, addresses, listening }) => {
    const url = `its URL with \`${host}\` leads to ${enumerate(addresses)}`;
    const option = `Let it listen on ${addresses[0]} (mostly \`--host ${addresses[0]}\`)`;
    return [
      `\`${service}\` listens on ${enumerate(listening)} only, but ${url}`,
      `${option}, or write \`host: '${listening[0]}'\` for it ${TO_MEND}.`,
    ];
  },
  'vite-port': ({ port, service, expected, isOverruled, line, instead }) => {
    const configured = isOverruled ? 'is told by its command to take' : 'is configured for';
    return [
      `its \`server.port\` is ${port}, but \`${service}\` ${configured} ${expected}`,
      `Write \`${instead}\`${isOverruled ? ', or leave it out' : ''}.`,
      [line],
    ];
  },
  'vite-target': ({ port, service, expected, kind, line, instead }) => [
    {
      moved: `its proxy leads to port ${port}, but \`${service}\` has ${expected} now`,
      unknown: `its proxy leads to port ${port}, which no service here has; \`${service}\` has ${expected}`,
      fixed: `its proxy leads to port ${port} even when \`${service}\` gets another one`,
    }[kind],
    `Write \`${instead}\`.`,
    [line],
  ],
  'venv-missing': ({ program, make }) => [
    `there is no \`${program}\`: its virtual environment is missing or broken`,
    `\`${make}\``,
  ],
  'program-missing': ({ program, service, instead }) => [
    `there is no \`${program}\`${program.includes('/') ? '' : ' in PATH'}, which \`${service}\` is started with`,
    instead === null
      ? `Install it, or correct \`command\` of \`${service}\` ${TO_MEND}.`
      : `Write \`${instead}\` for it in the \`command\` of \`${service}\`.`,
  ],
  'not-executable': ({ file }) => [`\`${file}\` is not executable`, `\`chmod +x ${quoteWord(file)}\``],
  'packages-missing': (fact) => missingOf(fact),
  'modules-missing': (fact) => missingOf(fact),
  'package-missing': ({ folder, program }) => [
    `there is no package.json in \`${folder}\`, which \`${program}\` needs`,
    `Correct its \`cwd\` ${TO_MEND}.`,
  ],
  'script-missing': ({ script, file, known }) => [
    `${file} has no script \`${script}\`${known.length === 0 ? '' : `, but ${enumerate(known.map(tick))}`}`,
    `Add it there, or correct the \`command\` ${TO_MEND}.`,
  ],
  'node-old': ({ wanted, actual, file }) => [
    `${file} wants Node ${wanted}; this is ${actual}`,
    'Install a newer Node.',
  ],
  'tool-missing': ({ tool }, { program }) => [
    `there is no \`${tool}\`, which ${tool === 'make' ? 'the make targets need' : 'tells who has a port'}`,
    `Install it${tool === 'make' ? `; \`${program}\` does the same without` : ''}.`,
  ],
  'setup-stale': ({ step, reason }, { program }) => [
    `setup \`${step.name}\` is to be done: ${whatRuns(step)} (${describeReason(reason)})`,
    `\`${program} setup ${step.name}\`; the next start does it, too.`,
  ],
  'setup-failure': ({ step, failure }, words) => {
    const { text, details } = describeSetupFailure(failure, step, words);
    return [`setup \`${step.name}\`: ${text}`, details.join(' ').replace(HINT, '')];
  },
  'left-to-do': ({ left }, words) => [
    left.kind === 'get-tool'
      ? `\`${left.tool}\` is not installed, which setup \`${left.step}\` needs`
      : `${left.variables.join(', ')} ${left.variables.length === 1 ? 'has' : 'have'} no value in ${left.file}`,
    describeLeftToDo(left, words).replace(/\.?$/, '.'),
  ],
  unwritable: ({ path, isOthers }) => [
    `${path} ${isOthers ? 'belongs to another user' : 'cannot be written'}`,
    isOthers ? `\`sudo chown -R "$(id -un)" ${quoteWord(path)}\`` : `\`chmod -R u+rwX ${quoteWord(path)}\``,
  ],
  'disk-full': ({ availableBytes }, { program }) => [
    `the disk is nearly full (${formatBytes(availableBytes)} left): dev servers end when they cannot write`,
    `\`${program} clean\` removes old logs.`,
  ],
  'watches-low': ({ setting, used, limit }) => [
    `${used} of ${limit} of ${setting} are used: dev servers will not notice changed files`,
    `\`sudo sysctl ${setting}=${limit * 4}\``,
  ],
  'open-files-low': ({ limit }) => [
    `a process may have only ${limit} files open`,
    'Raise `nofile` in /etc/security/limits.conf.',
  ],
};

function tick(text: string): string {
  return `\`${text}\``;
}

function some(paths: readonly string[]): string {
  return `${enumerate(paths.slice(0, 3).map(tick))}${paths.length > 3 ? ` … (${paths.length})` : ''}`;
}
