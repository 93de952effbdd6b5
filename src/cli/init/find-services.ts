import type { Diagnostic } from '../../base/diagnostic.ts';
import { detectServices } from '../../detect/detect.ts';
import type { Detection } from '../../detect/detection.ts';
import { STARTERS, type StarterName } from '../../generate/starter/starters.ts';
import { writeStarter } from '../../generate/starter/write-starter.ts';
import { STARTER_NAMES } from '../arguments/word-values.ts';
import type { GeneratorContext } from '../context/generator-context.ts';
import type { InitCommand } from '../generator/commands/init.ts';
import { GENERATE_MODES } from '../generator/generate-mode.ts';
import { tellReport } from '../generator/tell-report.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import type { Screen } from '../screen/screen.ts';
import { openPrompts } from './prompts.ts';

/** `ended`: nothing is left to do, for the reason that was said. */
export type Search =
  | { readonly kind: 'found'; readonly detection: Detection }
  | { readonly kind: 'ended'; readonly code: ExitCode };

/** The dev servers of the repository; where there is none, those of the template that is wanted, once it is written. */
export async function findServices(command: InitCommand, context: GeneratorContext): Promise<Search> {
  const { directory, screen } = context;
  const detection = await detectServices(directory);
  const { template } = command;
  if (detection.services.length > 0) {
    if (template === null) return { kind: 'found', detection };
    return { kind: 'ended', code: complain(screen, [notEmpty(detection)]) };
  }
  if (template !== null) return startFrom(template, command, context);
  if (!screen.canAsk || command.confirm === 'assumed' || command.writing !== 'done') {
    return { kind: 'ended', code: complain(screen, [NOTHING_FOUND]) };
  }
  const choice = await (await openPrompts()).pick('No dev server was found here. What now?', CHOICES);
  if (choice === undefined) return { kind: 'ended', code: EXIT.interrupted };
  return choice === 'empty' ? { kind: 'found', detection } : startFrom(choice, command, context);
}

async function startFrom(
  name: StarterName,
  { writing }: InitCommand,
  { directory, installation: { templates }, screen }: GeneratorContext,
): Promise<Search> {
  const mode = GENERATE_MODES[writing];
  const report = await writeStarter({ root: directory, name, templates, mode, now: new Date() });
  const goesOn = report.outcome !== 'refused' && writing === 'done';
  // What is generated next is the answer then.
  const told: Screen = goesOn ? { ...screen, answers: 'text' } : screen;
  const code = tellReport(report, { command: 'template', writing }, told);
  if (!goesOn) return { kind: 'ended', code };
  return { kind: 'found', detection: await detectServices(directory) };
}

const CHOICES = [
  ...STARTER_NAMES.map((value) => ({ value, label: `Write a minimal app: ${value}`, hint: foldersOf(value) })),
  { value: 'empty', label: 'Write a config to fill in' },
] as const;

function foldersOf(name: StarterName): string {
  return STARTERS[name].parts.map(({ folder }) => (folder === '.' ? 'in this folder' : `${folder}/`)).join(', ');
}

const NOTHING_FOUND: Diagnostic = {
  code: 'init/nothing-found',
  message: 'no dev server was found in this repository',
  hint: [
    `Write a minimal app with \`devgen init --template NAME\` (${STARTER_NAMES.join(', ')}),`,
    'or `devgen.config.yaml` yourself, then `devgen generate`.',
  ].join(' '),
};

function notEmpty({ services }: Detection): Diagnostic {
  const names = services.map(({ name, cwd }) => `\`${name}\` in \`${cwd}\``).join(', ');
  return {
    code: 'init/not-empty',
    message: `a template is for a repository without dev servers; this one has ${names}`,
    hint: 'Leave out `--template`.',
  };
}
