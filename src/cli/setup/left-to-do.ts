import { join } from 'node:path';
import type { RunStep, SetupStep } from '../../plan/plan.ts';
import { findProgram } from '../../platform/find-program.ts';
import { isSetUp, isThere } from '../../runtime/setup/is-set-up.ts';
import { blankIn } from '../../runtime/setup/perform-step.ts';
import { pinnedVersion } from '../../runtime/setup/pinned-version.ts';
import type { PinnedVersion } from '../../runtime/setup/setup-failure.ts';

/** What no step can do for the person. */
export type LeftToDo =
  | { readonly kind: 'get-tool'; readonly tool: string; readonly pinned: PinnedVersion | null; readonly step: string }
  /** `example`: what the file is still to be copied from; `null`: it is there. */
  | {
      readonly kind: 'fill-in';
      readonly variables: readonly string[];
      readonly file: string;
      readonly example: string | null;
      readonly step: string;
    };

export interface SetupSubject {
  /** Absolute. */
  readonly root: string;
  readonly steps: readonly SetupStep[];
  /** The PATH that a step's command is looked up in. */
  readonly pathOf: (step: RunStep) => string | undefined;
}

/** The tools to install, then the variables to fill in. */
export function leftToDo({ root, steps, pathOf }: SetupSubject): readonly LeftToDo[] {
  const told = new Set<string>();
  const tools = steps.flatMap((step, index): readonly LeftToDo[] => {
    if (step.kind === 'copy' || mayBring(root, steps.slice(0, index), step)) return [];
    const [cwd, path] = [join(root, step.cwd), pathOf(step)];
    const missing = programsOf(step.run).filter((tool) => findProgram(tool, cwd, path).kind === 'missing');
    return missing.flatMap((tool): readonly LeftToDo[] => {
      if (told.has(tool)) return [];
      told.add(tool);
      return [{ kind: 'get-tool', tool, pinned: pinnedVersion(root, step.cwd, tool), step: step.name }];
    });
  });
  const blanks = steps.flatMap((step): readonly LeftToDo[] => {
    if (step.kind === 'run') return [];
    const example = isThere(root, step.to) ? null : step.from;
    const variables = blankIn(root, example ?? step.to);
    return variables.length === 0 ? [] : [{ kind: 'fill-in', variables, file: step.to, example, step: step.name }];
  });
  return [...tools, ...blanks];
}

/** Whether a step before it, in its folder or above, is still to be done: what it runs may be among those packages. */
function mayBring(root: string, before: readonly SetupStep[], { cwd }: RunStep): boolean {
  const isAbove = (other: string): boolean => other === '.' || cwd === other || cwd.startsWith(`${other}/`);
  return !isSetUp(
    root,
    before.filter((step) => step.kind === 'run' && isAbove(step.cwd)),
  );
}

/** The programs that a command line names by their bare names: one with a path is made by a step. */
function programsOf(commandLine: string): readonly string[] {
  const calls = commandLine.split(/&&|\|\|?|;/).map((call) => call.trim().replace(/^(\w+=\S*\s+)+/, ''));
  return calls
    .flatMap((call) => /^([a-z][\w.+-]*)(?=\s|$)/i.exec(call)?.[1] ?? [])
    .filter((name) => !BUILT_IN.has(name));
}

const BUILT_IN: ReadonlySet<string> = new Set([
  'cd',
  'test',
  'echo',
  'export',
  'set',
  'true',
  'exit',
  'if',
  'for',
  'while',
]);
