import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isObject } from '../../manifest/read-json.ts';
import { cleanShellEnvironment } from '../../plan/environment.ts';
import { findGitCheckout, worktreesOf } from '../../platform/git-checkout.ts';
import { hasRuns } from '../../runtime/client/client.ts';
import { endGoneRuns } from '../../runtime/client/shutdown/end-gone-runs.ts';
import { shortenHome } from '../../runtime/sentences/sentence.ts';
import { branchOf } from '../../runtime/supervisor/ports/branch-of.ts';
import type { CommandContext } from '../context/command-context.ts';
import { type Document, runForDocuments } from '../elsewhere/run-for-documents.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import type { StopCommand } from './stop.ts';

export interface StopInWorktreesCommand {
  readonly kind: 'stop-in-worktrees';
  readonly where: 'all-worktrees' | 'gone';
  /** `forced`: though others use them. */
  readonly mode: StopCommand['mode'];
}

/** Stops what runs in other worktrees of the repository. */
export function stopInWorktrees({ where, mode }: StopInWorktreesCommand, context: CommandContext): Promise<ExitCode> {
  return where === 'gone' ? stopGone(context) : stopAllWorktrees(mode, context);
}

/** Ends what runs in worktrees of this repository that are gone. */
async function stopGone({ checkout, screen, words }: CommandContext): Promise<ExitCode> {
  const repository = findGitCheckout(checkout.root)?.shared;
  const projects = projectsLike(checkout.root);
  const ended = repository === undefined ? [] : await endGoneRuns({ repository, projects });
  if (screen.answers === 'json') {
    printJson<'stop'>(screen, {
      runs: ended.map(({ run, left }) => ({ run: run.id, path: run.root, service: run.service, pids: run.pids, left })),
    });
  } else if (ended.length === 0) screen.out('nothing runs in a worktree that is gone');
  for (const { run, left } of ended) {
    const place = shortenHome(run.root ?? '?', words);
    const what = `${run.service ?? run.command?.name ?? 'a run'} in ${place}`;
    const pids = left.map(({ pid }) => pid).join(', ');
    screen.out(left.length === 0 ? `${what}: stopped` : `${what}: still there: pid ${pids}`);
  }
  return ended.every(({ left }) => left.length === 0) ? EXIT.done : EXIT.failed;
}

/** Stops what runs in any worktree of this repository, each by its own runtime. */
async function stopAllWorktrees(
  mode: StopCommand['mode'],
  { checkout, screen, words }: CommandContext,
): Promise<ExitCode> {
  const { root, environment } = checkout;
  const running = projectsLike(root).filter(hasRuns);
  const shell = cleanShellEnvironment(environment);
  const stop = ['stop', ...(mode === 'forced' ? ['--force'] : []), '--json'];
  const stopped = await Promise.all(
    running.map(async (cwd) => {
      const file = join(cwd, '.devgen', 'runtime', 'front.cjs');
      // Another branch may know nothing of devgen.
      if (!existsSync(file)) return { path: cwd, branch: branchOf(cwd), exitCode: null, services: [], reason: null };
      const { documents, code } = await runForDocuments({ file, words: stop, cwd, environment: shell });
      const services = documents.flatMap((document) => (Array.isArray(document.services) ? document.services : []));
      return {
        path: cwd,
        branch: branchOf(cwd),
        exitCode: code,
        services: services.filter(isObject),
        reason: reasonIn(documents),
      };
    }),
  );
  if (screen.answers === 'json') printJson<'stop'>(screen, { checkouts: stopped });
  else if (stopped.length === 0) screen.out('nothing runs in any worktree of this repository');
  for (const { path, branch, services, reason } of stopped) {
    const outcomes = services.map(({ service, outcome }) => `${service} ${String(outcome).replaceAll('-', ' ')}`);
    const place = [shortenHome(path, words), ...(branch === null ? [] : [`branch ${branch}`])].join('  ');
    screen.out(`${place}: ${outcomes.join(', ') || (reason ?? 'could not be stopped')}`);
  }
  return stopped.every(({ exitCode }) => exitCode === 0) ? EXIT.done : EXIT.failed;
}

/** Why nothing was stopped, as the command says. */
function reasonIn(documents: readonly Document[]): string | null {
  const error = documents.at(-1)?.error;
  return isObject(error) && typeof error.message === 'string' ? error.message : null;
}

/** The same project in all worktrees of its repository, this one included. */
function projectsLike(root: string): readonly string[] {
  const checkout = findGitCheckout(root);
  if (checkout === undefined) return [root];
  return worktreesOf(checkout).map((worktree) => join(worktree, relative(checkout.root, root)));
}
