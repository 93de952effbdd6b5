import type { Diagnostic } from '../../../base/diagnostic.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { type ConfigFile, findConfigIn } from '../../../config/find-config.ts';
import { generateProject } from '../../../generate/generate.ts';
import type { GenerateReport } from '../../../generate/report.ts';
import type { StarterName } from '../../../generate/starter/starters.ts';
import { serviceEnvironment, taskEnvironment } from '../../../plan/environment.ts';
import type { RunStep, ServicePlan } from '../../../plan/plan.ts';
import type { Confirmation } from '../../arguments/confirmation.ts';
import { INIT_OPTIONS } from '../../arguments/option-table.ts';
import type { Writing } from '../../arguments/writing.ts';
import type { GeneratorContext } from '../../context/generator-context.ts';
import { checkCommands } from '../../doctor/check-programs.ts';
import { openPrompts } from '../../init/prompts.ts';
import { type InitProposal, proposeConfig } from '../../init/propose-config.ts';
import { complain } from '../../output/complain.ts';
import { EXIT, type ExitCode } from '../../output/exit-code.ts';
import type { Screen } from '../../screen/screen.ts';
import { describeWriting } from '../../sentences/describe-consent.ts';
import { describeNextSteps, type Unfinished } from '../../sentences/describe-next-steps.ts';
import { optionLines } from '../../sentences/help-text.ts';
import { leftToDo } from '../../setup/left-to-do.ts';
import { generateOptions } from '../generate-options.ts';
import { type LoadedProject, loadProjectFrom } from '../load-project.ts';
import { tellReport } from '../tell-report.ts';

export interface InitCommand {
  readonly kind: 'init';
  readonly confirm: Confirmation;
  readonly writing: Writing;
  /** The app to write into a repository that has none; `null`: none. */
  readonly template: StarterName | null;
}

/** Finds the dev servers of the repository, writes the config once, and generates everything from it. */
export async function runInit(command: InitCommand, context: GeneratorContext): Promise<ExitCode> {
  const { directory, screen } = context;
  const { confirm, writing, template } = command;
  const asks = confirm === 'asked' && writing === 'done';
  if (asks && !screen.canAsk) return refuseUnattended(screen);
  const present = await findConfigIn(directory);
  if (!present.ok) return complain(screen, present.error);
  if (present.value !== undefined && template !== null) return complain(screen, [hasConfig(present.value)]);
  const proposal =
    present.value === undefined ? await proposeConfig(command, context) : await keep(present.value, screen);
  if (!proposal.ok) return proposal.error;
  const { project, seed } = proposal.value;
  const generate = (how: Writing) =>
    generateProject(generateOptions(project, { writing: how, edited: 'kept', seed }, context));
  if (asks && !(await agrees(seed, await generate('previewed')))) return EXIT.failed;
  const report = await generate(writing);
  const code = tellReport(report, { command: 'init', writing }, screen);
  if (code === EXIT.done && writing === 'done') {
    const words = { program: `./${project.launcher}`, home: '' };
    screen.out(...describeNextSteps(project.plan, unfinished(project), words));
  }
  return code;
}

async function keep(config: ConfigFile, screen: Screen): Promise<Result<InitProposal, ExitCode>> {
  screen.out(`${config.file} is there already and stays as it is`);
  const project = await loadProjectFrom(config);
  if (!project.ok) return err(complain(screen, project.error));
  return ok({ project: project.value, seed: null });
}

function unfinished({ root, plan }: LoadedProject): Unfinished {
  // Which ports they will have does not matter to what their commands need.
  const request = { plan, root, ports: new Map(), shellEnvironment: process.env };
  const environmentOf = (service: ServicePlan) => serviceEnvironment({ ...request, service, runId: null });
  const pathOf = (task: RunStep) => taskEnvironment({ ...request, task }).exported.PATH;
  return {
    left: leftToDo({ root, steps: plan.setup, pathOf }),
    missing: checkCommands(plan.services, { root, plan, environmentOf }).map(({ fact }) => fact),
  };
}

async function agrees(seed: InitProposal['seed'], { actions }: GenerateReport): Promise<boolean> {
  const { confirm } = await openPrompts();
  const changed = actions.filter(({ kind }) => kind === 'updated').map(({ path }) => path);
  return (await confirm(describeWriting(seed?.path ?? null, changed))) === true;
}

function refuseUnattended(screen: Screen): ExitCode {
  const code = complain(screen, [UNATTENDED]);
  if (screen.answers === 'text') screen.note('', ...optionLines(INIT_OPTIONS));
  return code;
}

const UNATTENDED: Diagnostic = {
  code: 'usage/unconfirmed',
  message: 'there is no terminal to ask what to set up',
  hint: '`devgen init --yes` takes what is found; `--dry-run` only shows it.',
};

function hasConfig({ file }: ConfigFile): Diagnostic {
  return {
    code: 'init/not-empty',
    message: `a template is for a repository without dev servers; this one has \`${file}\``,
    hint: 'Leave out `--template`.',
  };
}
