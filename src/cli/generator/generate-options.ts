import type { GenerateOptions } from '../../generate/generate.ts';
import type { GeneratorContext } from '../context/generator-context.ts';
import { outputJsonSchema } from '../documents/output-schema.ts';
import type { GenerateCommand } from './commands/generate.ts';
import { GENERATE_MODES } from './generate-mode.ts';
import type { LoadedProject } from './load-project.ts';

export type Generation = Pick<GenerateCommand, 'writing' | 'edited'> & Pick<GenerateOptions, 'seed'>;

/** What `generate/` needs to know to write this project's files. */
export function generateOptions(
  { root, plan, emit, launcher }: LoadedProject,
  { writing, edited, seed }: Generation,
  { installation, version, commands }: Pick<GeneratorContext, 'installation' | 'version' | 'commands'>,
): GenerateOptions {
  return {
    root,
    plan,
    emit,
    launcher,
    commands,
    seed,
    outputSchema: outputJsonSchema(),
    runtimeSource: installation.runtimeDirectory,
    templates: installation.templates,
    mode: GENERATE_MODES[writing],
    force: edited === 'overwritten' ? 'keep-copy' : 'refuse',
    version,
    now: new Date(),
  };
}
