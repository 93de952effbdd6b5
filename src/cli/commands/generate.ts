import type { GeneratorCommand } from '../arguments/command.ts';
import { complain } from '../complain.ts';
import type { ExitCode } from '../exit-code.ts';
import { generateFiles } from '../generator/generate-files.ts';
import { loadProject } from '../generator/load-project.ts';
import type { GeneratorContext } from '../generator-context.ts';

/** Writes the generated files anew from the config. */
export async function runGenerate(
  { edited, writing }: Extract<GeneratorCommand, { kind: 'generate' }>,
  context: GeneratorContext,
): Promise<ExitCode> {
  const project = await loadProject(context.directory);
  if (!project.ok) return complain(context.screen, project.error);
  return generateFiles(project.value, { writing, edited, seed: null }, context);
}
