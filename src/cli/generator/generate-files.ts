import { type GenerateOptions, generateProject } from '../../generate/generate.ts';
import type { Writing } from '../arguments/command.ts';
import { COMMAND_TABLE } from '../command-table.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { GeneratorContext } from '../generator-context.ts';
import { describeDiagnostics } from '../sentences/describe-diagnostics.ts';
import { describeGenerated } from '../sentences/describe-generated.ts';
import type { LoadedProject } from './load-project.ts';

export interface Generation {
  readonly writing: Writing;
  readonly edited: 'kept' | 'overwritten';
  readonly seed: GenerateOptions['seed'];
}

/** Brings the generated files up to date, or tells what that would mean, and says what became of it. */
export async function generateFiles(
  project: LoadedProject,
  { writing, edited, seed }: Generation,
  { installation, screen, version }: GeneratorContext,
): Promise<ExitCode> {
  const mode = { done: 'write', previewed: 'dry-run', checked: 'check' } as const;
  const report = await generateProject({
    root: project.root,
    plan: project.plan,
    emit: project.emit,
    commands: COMMAND_TABLE.filter(({ side }) => side === 'runtime'),
    seed,
    runtimeSource: installation.runtimeDirectory,
    templates: installation.templates,
    mode: mode[writing],
    force: edited === 'overwritten' ? 'keep-copy' : 'refuse',
    version,
    now: new Date(),
  });
  const { out, notes } = describeGenerated(report, writing);
  screen.out(...out);
  screen.note(...notes, ...describeDiagnostics(report.diagnostics, screen.paintNote));
  if (report.outcome === 'refused') return EXIT.failed;
  return report.outcome === 'would-change' && writing === 'checked' ? EXIT.failed : EXIT.done;
}
