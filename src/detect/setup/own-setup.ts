import { baseName } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { usesDatabaseFile } from './local-database.ts';
import { type PlainCommand, plainCommands } from './plain-commands.ts';
import { setupScript } from './setup-script.ts';
import type { StepDraft } from './step-draft.ts';

/** How the repository sets itself up. */
export type OwnSetup =
  | { readonly kind: 'none' }
  /** `replaces`: whether the script does what a step would do that was found without it. */
  | { readonly kind: 'step'; readonly draft: StepDraft; readonly replaces: (draft: StepDraft) => boolean }
  /** It may ask questions, need other rights or start the servers: a person reads it first. */
  | { readonly kind: 'told'; readonly text: string };

/** Which programs do the work of a step, by its tool; the others are called like their tool. */
const PROGRAMS: Readonly<Record<string, RegExp>> = {
  bundler: /^(?:bundle|bin\/bundle)$/,
  python: /^(?:pip3?|python3?|uv)$/,
};

/** The repository's own setup script as a step, where everything that it runs is known to be harmless. */
export function ownSetup(repository: Repository): OwnSetup {
  const script = setupScript(repository);
  if (script === undefined) return { kind: 'none' };
  const { text, file, lines } = script;
  const place = { repository, directory: '.' };
  const commands = plainCommands(place, lines ?? [], usesDatabaseFile(repository, '.') ? 'file' : 'other');
  if (lines === null || commands === undefined || commands.length === 0) return { kind: 'told', text };
  const evidence = { file, line: null, says: `\`${text}\` sets the repository up` };
  return {
    kind: 'step',
    draft: { kind: 'run', directory: '.', tool: 'setup', run: text, inputs: [file], outputs: [], evidence },
    replaces: (draft) => draft.kind === 'run' && commands.some((command) => isDoneBy(draft, command)),
  };
}

function isDoneBy({ directory, tool }: StepDraft, { cwd, text }: PlainCommand): boolean {
  const program = baseName(text.split(' ')[0] ?? '');
  return cwd === directory && (PROGRAMS[tool]?.test(program) ?? program === tool);
}
