import { nearest } from '../../base/nearest.ts';
import { err, ok } from '../../base/result.ts';
import { COMPLETED_SHELLS, type CompletedShell } from '../../generate/emit/completed-shells.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../generate/export/export-format.ts';
import type { StarterName } from '../../generate/starter/starters.ts';
import type { ConfigCommand } from '../commands/config.ts';
import type { HooksCommand } from '../commands/hooks.ts';
import type { NukeCommand } from '../commands/nuke.ts';
import { SHELLS, type Shell } from '../shell/export-variable.ts';
import type { Taken } from './option-values.ts';
import type { RawCommand } from './raw-command.ts';

export const STARTER_NAMES: readonly StarterName[] = ['flask-vite', 'fastapi-vite', 'express-vite', 'node'];

/** `config`, `config get KEY` or `config set KEY VALUE`. */
export function configCommand({ positionals, options: { reveal } }: RawCommand): Taken<ConfigCommand> {
  const [action, key, value, ...others] = positionals;
  if (action === undefined) return ok({ kind: 'config', action: 'show' });
  if (action === 'get' && key !== undefined && value === undefined) {
    return ok({ kind: 'config', action, key, secrets: reveal ? 'shown' : 'hidden' });
  }
  if (action === 'set' && key !== undefined && value !== undefined && others.length === 0) {
    return ok({ kind: 'config', action, key, value });
  }
  const needs: Readonly<Record<string, string>> = { get: 'one KEY', set: 'one KEY and one VALUE' };
  const message =
    needs[action] === undefined
      ? `\`config\` does not take \`${action}\``
      : `\`config ${action}\` needs ${needs[action]}`;
  return err({ code: 'usage/bad-arguments', message, hint: 'Write `config get KEY` or `config set KEY VALUE`.' });
}

/** The shell that is to be completed. */
export function shellArgument({ positionals: [word = ''] }: RawCommand): Taken<CompletedShell> {
  const shell = COMPLETED_SHELLS.find((each) => each === word);
  if (shell !== undefined) return ok(shell);
  return err({
    code: 'usage/unknown-shell',
    message: `there is no completion for \`${word}\``,
    hint: `There is one for ${COMPLETED_SHELLS.join(', ')}.`,
  });
}

/** `--shell`; `null`: not given. */
export function shellOption({ options: { shell } }: RawCommand): Taken<Shell | null> {
  if (shell === undefined) return ok(null);
  const name = SHELLS.find((each) => each === shell);
  if (name !== undefined) return ok(name);
  return err({
    code: 'usage/unknown-shell',
    message: `\`${shell}\` is no shell that \`env\` writes for`,
    hint: `There are ${SHELLS.join(', ')}.`,
  });
}

/** `hooks` or `hooks test`. */
export function hookAction({ positionals: [word] }: RawCommand): Taken<HooksCommand['action']> {
  if (word === undefined || word === 'test') return ok(word ?? 'list');
  return err({
    code: 'usage/bad-arguments',
    message: `\`hooks\` does not take \`${word}\``,
    hint: 'Write `hooks` or `hooks test`.',
  });
}

/** The system to export to; `null`: not said. */
export function exportFormat({ positionals: [word] }: RawCommand): Taken<ExportFormat | null> {
  if (word === undefined) return ok(null);
  const format = EXPORT_FORMATS.find((each) => each === word);
  if (format !== undefined) return ok(format);
  const meant = nearest(word, EXPORT_FORMATS);
  return err({
    code: 'usage/unknown-format',
    message: `there is no export to \`${word}\``,
    hint: meant === undefined ? `There are ${EXPORT_FORMATS.join(', ')}.` : `Did you mean \`${meant}\`?`,
  });
}

/** `--template`; `null`: not given. */
export function templateOption({ options: { template } }: RawCommand): Taken<StarterName | null> {
  if (template === undefined) return ok(null);
  const name = STARTER_NAMES.find((each) => each === template);
  if (name !== undefined) return ok(name);
  return err({
    code: 'usage/unknown-template',
    message: `there is no template \`${template}\``,
    hint: `There are ${STARTER_NAMES.join(', ')}.`,
  });
}

/** `--name` and `--everywhere`; `null`: neither. */
export function namedPrograms({ options: { name, everywhere } }: RawCommand): Taken<NukeCommand['named']> {
  if (typeof name === 'string' && name !== '') return ok({ name, where: everywhere ? 'everywhere' : 'project' });
  if (!everywhere) return ok(null);
  return err({
    code: 'usage/everywhere',
    message: '`--everywhere` needs a `--name`',
    hint: 'Write `nuke --name node --everywhere`.',
  });
}
