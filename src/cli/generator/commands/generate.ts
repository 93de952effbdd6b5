import { generateProject } from '../../../generate/generate.ts';
import { upgradeProject } from '../../../generate/upgrade.ts';
import type { Writing } from '../../arguments/writing.ts';
import type { GeneratorContext } from '../../context/generator-context.ts';
import { complain } from '../../output/complain.ts';
import type { ExitCode } from '../../output/exit-code.ts';
import { generateOptions } from '../generate-options.ts';
import { loadProject } from '../load-project.ts';
import { tellReport } from '../tell-report.ts';

export interface GenerateCommand {
  /** `upgrade`: from what another version of devgen generated. */
  readonly kind: 'generate' | 'upgrade';
  readonly edited: 'kept' | 'overwritten';
  readonly writing: Writing;
}

/** Fails when `generate` would write something. */
export function checkUpToDate(context: GeneratorContext): Promise<ExitCode> {
  return runGenerate({ kind: 'generate', edited: 'kept', writing: 'checked' }, context);
}

/** Writes the generated files anew from the config; an upgrade says from which version of devgen to which. */
export async function runGenerate(
  { kind, edited, writing }: GenerateCommand,
  context: GeneratorContext,
): Promise<ExitCode> {
  const { directory, screen } = context;
  const project = await loadProject(directory);
  if (!project.ok) return complain(screen, project.error);
  const options = generateOptions(project.value, { writing, edited, seed: null }, context);
  const asked = { command: kind, writing };
  if (kind === 'generate') return tellReport(await generateProject(options), asked, screen);
  const report = await upgradeProject(options);
  if (report.from !== report.to) screen.out(`devgen ${report.from} → ${report.to}`);
  return tellReport(report, asked, screen);
}
