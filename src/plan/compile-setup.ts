import type { SetupConfig } from '../config/setup-schema.ts';
import type { SetupStep } from './plan.ts';
import { planPath } from './plan-path.ts';

/** The steps in the order in which they are written; none where the config says `never`. Pure. */
export function compileSetup(setup: SetupConfig | undefined): readonly SetupStep[] {
  if (setup === undefined || setup === 'never') return [];
  return Object.entries(setup).map(([name, { run, copy, to, cwd, inputs, outputs, env }]) =>
    run === undefined
      ? { kind: 'copy', name, from: planPath(copy), to: planPath(to) }
      : { kind: 'run', name, run, cwd: planPath(cwd), inputs: inputs ?? [], outputs: outputs ?? [], env: env ?? {} },
  );
}
