import { basename } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { defaultName } from '../../config/default-name.ts';
import { NAME_PATTERN, suggestName } from '../../config/name-rule.ts';
import type { Detection } from '../../detect/detection.ts';
import { CONFIG_PATH, type ConfigNames, renderConfig } from '../../generate/config/render-config.ts';
import type { GenerateOptions } from '../../generate/generate.ts';
import type { GeneratorContext } from '../context/generator-context.ts';
import type { InitCommand } from '../generator/commands/init.ts';
import { type LoadedProject, loadProjectFrom } from '../generator/load-project.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { describeNested } from '../sentences/describe-consent.ts';
import { describeDetection } from '../sentences/describe-detection.ts';
import { askSetup, type Setup } from './ask-setup.ts';
import { chooseLauncher } from './choose-launcher.ts';
import { findServices } from './find-services.ts';
import { setGuessesApart } from './keep-services.ts';
import { nestedRepositories } from './nested-repositories.ts';
import { openPrompts } from './prompts.ts';

export interface InitProposal {
  readonly project: LoadedProject;
  /** `null`: there is a config already, and it stays as it is. */
  readonly seed: GenerateOptions['seed'];
}

/**
 * A new config for what is in the repository; the exit code when there is none to propose, which has been explained.
 */
export async function proposeConfig(
  command: InitCommand,
  context: GeneratorContext,
): Promise<Result<InitProposal, ExitCode>> {
  const { directory, screen } = context;
  if (!(await isMeant(command, context))) return err(EXIT.interrupted);
  const search = await findServices(command, context);
  if (search.kind === 'ended') return err(search.code);
  screen.out(...describeDetection(search.detection, screen.paintOut), '');
  const setup = await decide(command, context, search.detection);
  if (setup === undefined) return err(EXIT.interrupted);
  const text = renderConfig({ ...setup.detection, guesses: setup.guesses }, setup.names);
  const project = await loadProjectFrom({ root: directory, file: CONFIG_PATH, format: 'yaml', text });
  if (!project.ok) return err(complain(screen, project.error));
  return ok({ project: project.value, seed: { path: CONFIG_PATH, text } });
}

/** One config for all repositories of a folder is seldom what a user wants who is only in the wrong place. */
async function isMeant(command: InitCommand, { directory, screen }: GeneratorContext): Promise<boolean> {
  const nested = nestedRepositories(directory);
  if (nested.length < 2) return true;
  const found = describeNested(nested);
  if (asksNothing(command)) {
    screen.note(`note: ${found}; one config will be for all of them`);
    return true;
  }
  return (await (await openPrompts()).confirm(`${capitalised(found)}. Set up one config for all of them?`)) === true;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function asksNothing({ confirm, writing }: InitCommand): boolean {
  return confirm === 'assumed' || writing !== 'done';
}

async function decide(
  command: InitCommand,
  { directory, screen }: GeneratorContext,
  detection: Detection,
): Promise<Setup | undefined> {
  const isUnasked = asksNothing(command);
  const launcher = await chooseLauncher(directory, isUnasked ? screen : null);
  if (launcher === undefined) return undefined;
  const names = namesFor(directory, launcher);
  if (isUnasked) return { ...setGuessesApart(detection), names };
  return askSetup(directory, { detection, guesses: [], names }, await openPrompts());
}

function namesFor(directory: string, launcher: string): ConfigNames {
  const project = defaultName(directory) ?? basename(directory);
  const aliases = NAME_PATTERN.test(project) ? project : (suggestName(project) ?? 'dev');
  return { project, aliases, launcher, emit: {} };
}
