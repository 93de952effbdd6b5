import { NAME_PATTERN } from '../../config/name-rule.ts';
import type { DetectedService, Detection } from '../../detect/detection.ts';
import type { ConfigNames } from '../../generate/config/render-config.ts';
import { isGuess } from '../sentences/describe-detection.ts';
import { whatRuns } from '../sentences/describe-setup.ts';
import { correctService } from './correct-service.ts';
import { emitChoices, emitSettings } from './emit-choices.ts';
import { keepServices } from './keep-services.ts';
import type { Option, Prompts } from './prompts.ts';

/** What goes into a new config. */
export interface Setup {
  readonly detection: Detection;
  /** To be written as comments. */
  readonly guesses: readonly DetectedService[];
  readonly names: ConfigNames;
}

/** Asks what of the findings to take, and how; Enter takes all as it was found. `undefined`: the user broke off. */
export async function askSetup(root: string, found: Setup, prompts: Prompts): Promise<Setup | undefined> {
  const detection = await askServices(found.detection, prompts);
  if (detection === undefined) return undefined;
  const aliases = await prompts.write({
    message: 'Prefix of the shell aliases: PREFIX-start, PREFIX-stop …',
    initial: found.names.aliases,
    complain: (text) => (NAME_PATTERN.test(text) ? undefined : 'Small letters, digits and hyphens; a letter first.'),
  });
  if (aliases === undefined) return undefined;
  const choices = await emitChoices(root);
  const chosen = await prompts.choose({
    message: `What to generate besides ./${found.names.launcher}`,
    options: choices.options,
    initial: choices.usual,
  });
  if (chosen === undefined) return undefined;
  return { detection, guesses: [], names: { ...found.names, aliases, emit: emitSettings(choices, chosen) } };
}

async function askServices(found: Detection, prompts: Prompts): Promise<Detection | undefined> {
  if (found.services.length === 0) return found;
  const taken = await prompts.choose({
    message: 'Which of these shall be started?',
    options: serviceOptions(found.services),
    initial: found.services.filter((service) => !isGuess(service)).map(({ name }) => name),
  });
  if (taken === undefined) return undefined;
  const kept = keepServices(found, taken);
  const { services } = kept;
  if (services.length === 0) return kept;
  const wrong = await prompts.choose({
    message: 'Is something wrong? Choose what to correct, or just press Enter',
    options: services.map((service) => ({ value: service.name, label: summaryOf(service) })),
    initial: [],
  });
  if (wrong === undefined) return undefined;
  const corrected: DetectedService[] = [];
  for (const service of services) {
    const answer = wrong.includes(service.name) ? await correctService(service, prompts) : service;
    if (answer === undefined) return undefined;
    corrected.push(answer);
  }
  return askSteps({ ...kept, services: corrected }, prompts);
}

async function askSteps(found: Detection, prompts: Prompts): Promise<Detection | undefined> {
  if (found.setup.length === 0) return found;
  const taken = await prompts.choose({
    message: 'What shall be done before they start, when it is not done yet?',
    options: found.setup.map((step) => ({ value: step.name, label: whatRuns(step) })),
    initial: found.setup.map(({ name }) => name),
  });
  if (taken === undefined) return undefined;
  return { ...found, setup: found.setup.filter(({ name }) => taken.includes(name)) };
}

/** From here on a list is longer than what an eye takes in. */
const MANY = 8;

/** Many services by their folders, where these tell them apart: all of a folder can be taken or left at once. */
export function serviceOptions(services: readonly DetectedService[]): readonly Option<string>[] {
  const options = services.map((service) => ({ value: service.name, label: labelOf(service), hint: service.command }));
  const folders = foldersOf(services);
  const differ = new Set(folders).size;
  if (services.length < MANY || differ === 1 || differ === services.length) return options;
  return options.map((option, index) => ({ ...option, group: folders[index] ?? '' }));
}

/** `apps/` for `apps/web`, and `apps/web/` where all lie in `apps`; `./` is the root itself. */
function foldersOf(services: readonly DetectedService[]): readonly string[] {
  const depths = [1, 2, 3].map((depth) => services.map(({ cwd }) => `${cwd.split('/').slice(0, depth).join('/')}/`));
  return depths.find((folders) => new Set(folders).size > 1) ?? depths[0] ?? [];
}

function labelOf(service: DetectedService): string {
  return isGuess(service) ? `${service.name} (a guess)` : service.name;
}

function summaryOf({ name, port, health }: DetectedService): string {
  return `${name}: ${port === null ? 'no port' : `port ${port}`}, healthy at ${health ?? 'any answer'}`;
}
