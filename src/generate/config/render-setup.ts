import type { ProposedStep } from './config-proposal.ts';
import { commentText, flow } from './yaml-words.ts';

/** The section `setup` of a new config, a line a step with the reason for it; empty without steps. */
export function renderSetup(steps: readonly ProposedStep[], program: string): string {
  if (steps.length === 0) return '';
  const lines = steps.flatMap((step) => [...reasons(step), `  ${step.name}: ${flow(fieldsOf(step))}`]);
  const what = `${program} does what is missing, or whose inputs have changed; \`setup: never\` does not`;
  return [`# What a fresh clone needs: ${what}.`, 'setup:', ...lines, ''].join('\n');
}

function reasons({ evidence }: ProposedStep): readonly string[] {
  return evidence.map(({ file, says }) => `  # ${commentText(`${file}: ${says}`)}`);
}

function fieldsOf(step: ProposedStep): object {
  if (step.kind === 'copy') return { copy: step.from, to: step.to };
  const { run, cwd, inputs, outputs } = step;
  return {
    run,
    ...(cwd === '.' ? {} : { cwd }),
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(outputs.length === 0 ? {} : { outputs }),
  };
}
