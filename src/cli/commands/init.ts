import { basename } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { ok, type Result } from '../../base/result.ts';
import { findConfigIn } from '../../config/find-config.ts';
import { NAME_PATTERN, suggestName } from '../../config/name-rule.ts';
import { detectServices } from '../../detect/detect.ts';
import { CONFIG_PATH, renderConfig } from '../../generate/config/render-config.ts';
import type { GeneratorCommand } from '../arguments/command.ts';
import { complain } from '../complain.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { generateFiles } from '../generator/generate-files.ts';
import { type LoadedProject, loadProjectFrom } from '../generator/load-project.ts';
import type { GeneratorContext } from '../generator-context.ts';
import { ask } from '../screen/ask.ts';
import { describeDetection } from '../sentences/describe-detection.ts';

type InitCommand = Extract<GeneratorCommand, { kind: 'init' }>;

interface Proposal {
  readonly project: LoadedProject;
  /** `null`: there is a config already, and it stays as it is. */
  readonly seed: { readonly path: string; readonly text: string } | null;
}

/** Finds the dev servers of the repository, writes the config once, and generates everything from it. */
export async function runInit({ confirm, writing }: InitCommand, context: GeneratorContext): Promise<ExitCode> {
  const { screen } = context;
  const proposal = await propose(context);
  if (!proposal.ok) return complain(screen, proposal.error);
  const { project, seed } = proposal.value;
  if (confirm === 'asked' && writing === 'done') {
    if (!screen.canAsk) return complain(screen, [UNCONFIRMED]);
    const what =
      seed === null
        ? 'Generate everything from the config that is here?'
        : `Write ${CONFIG_PATH} and generate everything?`;
    if (/^n(o)?$/.test(await ask(`${what} [Y/n]`))) return EXIT.failed;
  }
  const code = await generateFiles(project, { writing, edited: 'kept', seed }, context);
  if (code === EXIT.done && writing === 'done') screen.out(...nextSteps(project));
  return code;
}

async function propose({ directory, screen }: GeneratorContext): Promise<Result<Proposal, readonly Diagnostic[]>> {
  const present = await findConfigIn(directory);
  if (!present.ok) return present;
  if (present.value !== undefined) {
    screen.out(`${present.value.file} is there already and stays as it is`);
    const project = await loadProjectFrom(present.value);
    return project.ok ? ok({ project: project.value, seed: null }) : project;
  }
  const detection = await detectServices(directory);
  screen.out(...describeDetection(detection, screen.paintOut), '');
  const text = renderConfig(detection, namesFor(directory));
  const project = await loadProjectFrom({ root: directory, file: CONFIG_PATH, format: 'yaml', text });
  return project.ok ? ok({ project: project.value, seed: { path: CONFIG_PATH, text } }) : project;
}

function namesFor(directory: string): { readonly project: string; readonly aliases: string } {
  const project = basename(directory);
  const aliases = NAME_PATTERN.test(project) ? project : (suggestName(project) ?? 'dev');
  return { project, aliases };
}

function nextSteps({ plan }: LoadedProject): readonly string[] {
  if (plan.services.length === 0) return ['', `next: describe your dev servers in ${CONFIG_PATH}, then run ./dev`];
  return ['', 'next: ./dev starts everything; ./dev help shows the rest. Commit the generated files.'];
}

const UNCONFIRMED: Diagnostic = {
  code: 'usage/unconfirmed',
  message: 'nobody is here to ask whether to write these files',
  hint: '`devgen init --yes` takes what was detected; `--dry-run` only shows it.',
};
