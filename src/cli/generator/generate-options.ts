import type { GenerateOptions } from '../../generate/generate.ts';
import { planWithoutEnvFileValues } from '../../plan/env-file-values.ts';
import { wantedPorts } from '../../plan/wanted-ports.ts';
import type { GeneratorContext } from '../context/generator-context.ts';
import { outputJsonSchema } from '../documents/output-schema.ts';
import { proxiesOf, type ViteProxy } from '../status/proxies-of.ts';
import type { GenerateCommand } from './commands/generate.ts';
import { GENERATE_MODES } from './generate-mode.ts';
import type { LoadedProject } from './load-project.ts';

export type Generation = Pick<GenerateCommand, 'writing' | 'edited'> & Pick<GenerateOptions, 'seed'>;

/** By the ports of the config alone: what is generated is the same in every checkout. */
function proxiesAsWritten({ root, plan }: Pick<LoadedProject, 'root' | 'plan'>): readonly ViteProxy[] {
  const bare = planWithoutEnvFileValues(plan);
  const wanted = wantedPorts(bare, {}, { overrides: {}, shift: 0 });
  const portOf = (name: string): number | undefined => {
    const port = wanted.ok ? wanted.value.get(name) : undefined;
    return typeof port === 'number' ? port : undefined;
  };
  return proxiesOf({ root, plan: bare }, { portOf, hasPort: (name, port) => portOf(name) === port });
}

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
    proxies: proxiesAsWritten({ root, plan }),
    runtimeSource: installation.runtimeDirectory,
    templates: installation.templates,
    mode: GENERATE_MODES[writing],
    force: edited === 'overwritten' ? 'keep-copy' : 'refuse',
    version,
    now: new Date(),
  };
}
