import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { systemClock } from '../../platform/clock.ts';
import { errorCode } from '../../platform/error-code.ts';
import { hasRuns } from '../../runtime/client/client.ts';
import { registeredPorts, release } from '../../runtime/ports/reservations.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { socketPathOf } from '../../runtime/state/socket-path.ts';
import type { CommandContext } from '../context/command-context.ts';
import { findOwnFiles, type OwnFile, taskLogName } from '../logs/own-logs.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import type { Screen } from '../screen/screen.ts';
import { describeClientFailure } from '../sentences/describe-client-failure.ts';
import { describeUnreadableLogs } from '../sentences/describe-misplaced.ts';
import { runningCommands } from '../status/running-commands.ts';
import { isUp, viewService } from '../status/service-view.ts';
import { unlistedServices } from '../status/unlisted-services.ts';
import { runStop } from './stop.ts';

export interface CleanCommand {
  readonly kind: 'clean';
  /** `old`: logs of earlier runs and caches; `all`: everything, so that the next start is like the first. */
  readonly what: 'old' | 'all';
  /** Of logs only those that were last written so long ago, and no caches; `null`: of any age. */
  readonly olderMs: number | null;
}

/** A supervisor with nothing to do leaves after one second. */
const SUPERVISOR_LEAVES_MS = 5000;
const POLL_MS = 50;
const ATTEMPTS = 20;

/** Removes what the runtime wrote: old logs and caches, or, after everything was stopped, all of it. */
export async function runClean({ what, olderMs }: CleanCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const reason = what === 'all' ? await stopAll(context) : null;
  const own = findOwnFiles(checkout.root, checkout.plan);
  if (reason !== null || typeof own === 'string') {
    complain(screen, [reason ?? describeUnreadableLogs(String(own))]);
    return EXIT.failed;
  }
  const files = own.filter(({ isFolder }) => !isFolder);
  const code = what === 'all' ? removeAll(files, context) : removeOld(files, olderMs, context);
  const folders = own.filter(({ isFolder }) => isFolder).map(({ path }) => `\`${relative(checkout.root, path)}\``);
  if (folders.length > 0) screen.note(`left alone, because a folder is no log: ${folders.join(', ')}`);
  return folders.length > 0 ? EXIT.failed : code;
}

/** As `stop` does; resolves when the supervisor has left, too, or with the reason why nothing may be removed. */
async function stopAll(context: CommandContext): Promise<Diagnostic | null> {
  const { root, plan } = context.checkout;
  // The supervisor would only say that it cannot write.
  if (typeof findOwnFiles(root, plan) === 'string') return null;
  // What becomes of the clean-up is the one answer.
  const screen: Screen = { ...context.screen, answers: 'text' };
  if ((await runStop({ kind: 'stop', names: [], mode: 'considerate' }, { ...context, screen })) !== EXIT.done)
    return STILL_THERE;
  const endMs = performance.now() + SUPERVISOR_LEAVES_MS;
  while (existsSync(socketPathOf(root)) && performance.now() < endMs) await systemClock.delay(POLL_MS);
  return existsSync(socketPathOf(root)) || hasRuns(root) ? BUSY : null;
}

/** Logs of what does not run, rotated logs, with their times, and the caches. */
function removeOld(
  files: readonly OwnFile[],
  olderMs: number | null,
  { checkout: { root, plan }, screen }: CommandContext,
): ExitCode {
  const paths = pathsOf(root);
  const services = [...plan.services, ...unlistedServices(root, plan)];
  const tasks = runningCommands(root).filter(({ kind }) => kind === 'task');
  const running = new Set([
    ...services.filter((service) => isUp(viewService(root, service))).map(({ name }) => name),
    ...tasks.map(({ name }) => taskLogName(root, name)),
  ]);
  const old = files.filter(({ path, kind, name, isLog }) => {
    // The runtime's own log is open as long as a supervisor lives, which is as long as something runs.
    const isOpen = kind === 'runtime' ? running.size > 0 : running.has(name);
    return isLog && !(isOpen && path.endsWith('.log')) && isOlder(path, olderMs);
  });
  const times = old.flatMap(({ path, kind, name }) =>
    kind === 'service' ? [paths.timeIndex(name) + path.slice(paths.log(name).length)] : [],
  );
  const caches = olderMs === null ? [paths.planCache] : [];
  const bytes = remove([...old.map(({ path }) => path), ...times, ...caches], screen);
  if (bytes === null) return EXIT.failed;
  const names = [...running].map((name) => `${name}.log`).join(', ');
  const kept = running.size === 0 ? '' : `; kept the logs of what runs (${names})`;
  const count = old.length === 1 ? '1 log file' : `${old.length} log files`;
  if (screen.answers === 'json')
    printJson<'clean'>(screen, { what: 'old', files: old.length, bytes, kept: [...running] });
  else
    screen.out(`removed ${count}${olderMs === null ? ' and the caches' : ''} (${Math.ceil(bytes / 1024)} KiB)${kept}`);
  return EXIT.done;
}

function isOlder(path: string, olderMs: number | null): boolean {
  const writtenMs = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return olderMs === null || writtenMs < systemClock.now() - olderMs;
}

function removeAll(files: readonly OwnFile[], { checkout: { root }, screen }: CommandContext): ExitCode {
  const { logs, state } = pathsOf(root);
  for (const { port, root: owner, run } of registeredPorts()) if (owner === root) release(port, { root, run });
  const bytes = remove([...files.map(({ path }) => path), state], screen);
  if (bytes === null) return EXIT.failed;
  // A link is the user's way to have the logs elsewhere.
  const isOurs = lstatSync(logs, { throwIfNoEntry: false })?.isDirectory() === true;
  const others = existsSync(logs) ? readdirSync(logs).length : 0;
  if (isOurs && others === 0) rmdirSync(logs);
  if (screen.answers === 'json') printJson<'clean'>(screen, { what: 'all', files: files.length, bytes, kept: [] });
  else
    screen.out(`removed all logs, state and remembered ports${others === 0 ? '' : '; what is left in logs/ is yours'}`);
  return EXIT.done;
}

/** How many bytes that gave; `null`: something could not be removed, which has been said. */
function remove(paths: readonly string[], screen: Screen): number | null {
  let bytes = 0;
  const failures = paths.flatMap((path) => {
    try {
      const size = sizeOf(path);
      removePatiently(path);
      bytes += size;
    } catch (thrown) {
      const code = errorCode(thrown);
      if (code === undefined) throw thrown;
      if (code !== 'ENOENT') return [describeClientFailure({ reason: 'state-unwritable', path, code })];
    }
    return [];
  });
  complain(screen, failures);
  return failures.length > 0 ? null : bytes;
}

/** In bytes, of a folder with all that is in it. */
function sizeOf(path: string): number {
  const entry = lstatSync(path);
  return entry.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : entry.size;
}

/**
 * A process of devgen's that is just ending may still write into a folder that is being emptied, which Node looks into
 * only once.
 */
function removePatiently(path: string): void {
  for (let left = ATTEMPTS; ; left--) {
    try {
      rmSync(path, { recursive: true });
      return;
    } catch (thrown) {
      if (errorCode(thrown) !== 'ENOTEMPTY' || left === 0) throw thrown;
    }
  }
}

const STILL_THERE: Diagnostic = {
  code: 'runtime/not-stopped',
  message: 'not everything could be stopped, so nothing was removed',
  hint: '`nuke` ends what is left, and says what it cannot end.',
};

const BUSY: Diagnostic = {
  code: 'runtime/busy',
  message: 'something was started meanwhile, so nothing was removed',
  hint: '`status` shows what runs; try again.',
};
