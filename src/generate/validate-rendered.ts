import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Reader } from '../manifest/emitted-files.ts';
import { ruleFor } from '../manifest/project-path.ts';
import type { Step } from './engine/step.ts';
import { openShell } from './open-shell.ts';

type Check = readonly [tool: string, ...argumentsBeforeTheFile: string[]];

/** How each says whether a file is sound, without running anything of it. */
const CHECKS: Readonly<Record<Reader, Check>> = {
  sh: ['sh', '-n'],
  bash: ['bash', '-n'],
  zsh: ['zsh', '-n'],
  fish: ['fish', '--no-execute'],
  make: ['make', '-n', '-f'],
};

/** Files of one rule differ in a service's name only: the first stands for all. */
function checksOf(steps: readonly Step[], path: string): readonly Check[] {
  const rule = ruleFor(path);
  const first = steps.find((step) => ruleFor(step.path) === rule)?.path;
  return path === first ? (rule?.readBy ?? []).map((reader) => CHECKS[reader]) : [];
}

/**
 * Lets the tools that will read a generated file check it before it is written; those that are not installed are left
 * out. A complaint is a bug of devgen's templates, or a tool that is older than they allow for.
 */
export async function validateRendered(steps: readonly Step[]): Promise<readonly Diagnostic[]> {
  const due = steps.flatMap((step) => {
    if (step.kind !== 'create' && step.kind !== 'update') return [];
    const checks = checksOf(steps, step.path);
    return checks.length === 0 ? [] : [{ path: step.path, content: step.content, checks }];
  });
  if (due.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 'devgen-'));
  try {
    const shell = await openShell(folder);
    const complaints = due.flatMap(({ path, content, checks }) => {
      const file = basename(path);
      writeFileSync(join(folder, file), content);
      return checks.map(async (check) => {
        const [tool] = check;
        const outcome = await shell.run([...check, file]);
        return outcome.kind === 'ran' && outcome.code !== 0 ? [unsound(path, tool, outcome.stderr)] : [];
      });
    });
    return (await Promise.all(complaints)).flat();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unsound(path: string, tool: string, complaint: string): Diagnostic {
  return {
    code: 'generate/unsound',
    message: `\`${tool}\` does not accept the generated \`${path}\`: ${complaint.trim()}`,
    hint: 'Nothing was written. Please report this with the version of the tool.',
    place: { file: path },
  };
}
