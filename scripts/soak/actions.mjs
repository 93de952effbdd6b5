import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillDisk } from './fill-disk.mjs';
import { processesOf } from './processes.mjs';
import { pick } from './random.mjs';

const COMMANDS = ['start', 'start', 'stop', 'restart', 'kill'];
const ACCIDENTS = [
  ...['crash', 'kill-supervisor', 'remove-socket', 'lose-record', 'steal-port', 'give-port-back'],
  ...['remove-logs', 'git-clean', 'fill-disk', 'other-user'],
];
/** What another user may try; all of it must fail, and change nothing. */
const OTHERS_TRY = ['start', 'stop', 'kill', 'restart', 'status', 'logs'];
/** Longer than most commands take. */
const KILLED_WITHIN_MS = 400;

/**
 * What happens at one instant: one to three commands, some of them killed on their way, or commands and an accident.
 * Depends on the random numbers alone. An action: `[verb, service]`, of a killed command `['killed', verb, service, ms]`;
 * without a service it means all.
 */
export function drawActions(random, services) {
  const count = 1 + Math.floor(random() * 3);
  const actions = Array.from({ length: count }, () => {
    const service = pick(random, [...services, null]);
    const command = service === null ? [pick(random, COMMANDS)] : [pick(random, COMMANDS), service];
    return random() < 0.1 ? ['killed', ...command, Math.floor(random() * KILLED_WITHIN_MS)] : command;
  });
  if (random() < 0.6) {
    const accident = pick(random, ACCIDENTS);
    const service = pick(random, services);
    actions.push(accident === 'other-user' ? [accident, service, pick(random, OTHERS_TRY)] : [accident, service]);
  }
  return actions;
}

/** Whether all that happened was one command, so that it has to do what it says. */
export function isLoneCommand(actions) {
  return actions.length === 1 && COMMANDS.includes(actions[0][0]);
}

/** Does it, and returns what was wrong with how it went. */
export async function act(project, [verb, service, ...rest]) {
  switch (verb) {
    case 'killed':
      await project.dev([service, ...rest.slice(0, -1)], { killAfterMs: rest.at(-1) });
      return [];
    case 'crash':
      return end(processesOf(project).filter((each) => each.service === service && !each.isChild));
    case 'kill-supervisor':
      return end(processesOf(project).filter(({ isSupervisor }) => isSupervisor));
    case 'remove-socket':
      rmSync(join(project.root, 'logs/.devgen/supervisor.sock'), { force: true });
      return [];
    case 'lose-record':
      return loseRecord(project, service);
    case 'remove-logs':
      return project.withoutLogs(() => spawnSync('rm', ['-rf', 'logs'], { cwd: project.root }));
    case 'git-clean':
      return project.withoutLogs(() => spawnSync('git', ['clean', '-fdXq'], { cwd: project.root }));
    case 'fill-disk':
      return project.hasOwnDisk ? fillDisk(project.root) : [];
    case 'other-user':
      return judgeOther(project, rest[0], await project.devAsOther([rest[0], service]));
    case 'steal-port':
      return project.strangers.take(project.portOf(service));
    case 'give-port-back':
      return project.strangers.leave(project.portOf(service));
    default:
      return judge(
        [verb, ...(service === undefined ? [] : [service])],
        await project.dev(service ? [verb, service] : [verb]),
      );
  }
}

/** A command may fail when another one crossed it, and never by a mistake of ours. */
function judge(args, { code, output }) {
  const isOurs = code === null || code > 1 || /supervisor could not|protocol|internal/i.test(output);
  return isOurs ? [`./dev ${args.join(' ')} ended with ${code}: ${output}`] : [];
}

/** Another user is told that this is not theirs; without logs nothing tells them that something was there. */
function judgeOther({ hasLostLogs }, verb, { code, output }) {
  if (code === null) return []; // We are not root, and cannot be another user.
  const isRight = (code === 1 || (code === 0 && hasLostLogs)) && !/this is a bug/.test(output);
  return isRight ? [] : [`./dev ${verb} as another user ended with ${code}: ${output}`];
}

function loseRecord(project, service) {
  try {
    writeFileSync(join(project.root, `logs/.devgen/runs/${service}.json`), '{"cut off', { flag: 'r+' });
  } catch {
    // It has no record now.
  }
  return [];
}

function end(processes) {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
  return [];
}
