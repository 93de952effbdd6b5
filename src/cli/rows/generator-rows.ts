import type { CommandName } from '../../base/commands.ts';
import { confirmationOf } from '../arguments/confirmation.ts';
import * as option from '../arguments/option-table.ts';
import type { RawCommand } from '../arguments/raw-command.ts';
import { exportFormat, templateOption } from '../arguments/word-values.ts';
import { writingOf } from '../arguments/writing.ts';
import type { DetectCommand } from '../generator/commands/detect.ts';
import type { EjectCommand } from '../generator/commands/eject.ts';
import type { ExportCommand } from '../generator/commands/export.ts';
import type { GenerateCommand } from '../generator/commands/generate.ts';
import type { InitCommand } from '../generator/commands/init.ts';
import type { RestoreCommand } from '../generator/commands/restore.ts';
import type { UninstallCommand } from '../generator/commands/uninstall.ts';
import { BACKUP_DATE, EXPORT_FORMAT } from './positionals.ts';
import { type CommandRow, row } from './row.ts';

/** The commands of `devgen` that `./dev` only knows by name: no vendored runtime carries their modules. */
export const GENERATOR_ROWS = {
  init: row({
    positional: null,
    options: [...option.INIT_OPTIONS, option.AS_JSON],
    summary: 'look at this repository, write devgen.config.yaml and generate everything',
    effect: 'changes',
    needs: 'package',
    parse: (raw, take): InitCommand => ({
      kind: 'init',
      confirm: confirmationOf(raw),
      writing: writingOf(raw),
      template: take(templateOption(raw), null),
    }),
    run: async (command, context) => (await import('../generator/commands/init.ts')).runInit(command, context),
  }),
  generate: row({
    positional: null,
    options: [
      option.flagOption('check', 'write nothing, fail if something would be written'),
      option.DRY_RUN,
      option.flagOption('diff', 'show every difference that writing would make, write nothing'),
      option.FORCE_GENERATE,
      option.AS_JSON,
    ],
    summary: 'write the generated files anew from the config',
    effect: 'changes',
    needs: 'package',
    parse: (raw) => generateCommand('generate', raw),
    run: async (command, context) => (await import('../generator/commands/generate.ts')).runGenerate(command, context),
  }),
  upgrade: row({
    positional: null,
    options: [option.DRY_RUN, option.FORCE_GENERATE, option.AS_JSON],
    summary: 'replace what another version of devgen generated',
    effect: 'changes',
    needs: 'package',
    parse: (raw) => generateCommand('upgrade', raw),
    run: async (command, context) => (await import('../generator/commands/generate.ts')).runGenerate(command, context),
  }),
  uninstall: row({
    positional: null,
    options: [
      option.YES,
      option.DRY_RUN,
      option.flagOption('remove-config', 'remove the config too, unless you edited it'),
      option.AS_JSON,
    ],
    summary: 'remove everything generated; your files are again what they were',
    effect: 'destroys',
    needs: 'package',
    parse: (raw): UninstallCommand => ({
      kind: 'uninstall',
      confirm: confirmationOf(raw),
      writing: writingOf(raw),
      config: raw.options['remove-config'] ? 'remove' : 'keep',
    }),
    run: async (command, context) =>
      (await import('../generator/commands/uninstall.ts')).runUninstall(command, context),
  }),
  eject: row({
    positional: null,
    options: [option.YES, option.DRY_RUN, option.AS_JSON],
    summary: 'keep everything generated, as your own: devgen forgets it',
    effect: 'changes',
    needs: 'package',
    parse: (raw): EjectCommand => ({ kind: 'eject', confirm: confirmationOf(raw), writing: writingOf(raw) }),
    run: async (command, context) => (await import('../generator/commands/eject.ts')).runEject(command, context),
  }),
  restore: row({
    positional: BACKUP_DATE,
    options: [
      option.flagOption('list', 'show which backups there are, restore nothing'),
      option.DRY_RUN,
      option.AS_JSON,
    ],
    summary: 'put back what devgen copied before it changed it',
    effect: 'changes',
    needs: 'package',
    parse: (raw): RestoreCommand => ({
      kind: 'restore',
      action: raw.options.list ? 'listed' : 'restored',
      date: raw.positionals[0] ?? null,
      writing: writingOf(raw),
    }),
    run: async (command, context) => (await import('../generator/commands/restore.ts')).runRestore(command, context),
  }),
  detect: row({
    positional: null,
    options: [option.AS_JSON],
    summary: 'show which services were found, and why',
    effect: 'reads',
    needs: 'package',
    parse: (): DetectCommand => ({ kind: 'detect' }),
    run: async (command, context) => (await import('../generator/commands/detect.ts')).runDetect(command, context),
  }),
  export: row({
    positional: EXPORT_FORMAT,
    options: [
      option.flagOption('write', 'write the files below `deploy/` instead of printing them'),
      option.flagOption('force', 'with `--write`: overwrite files of yours, keeping a copy of each'),
      option.AS_JSON,
    ],
    summary: 'print or write the project as the files of another system',
    effect: 'changes',
    needs: 'package',
    parse: (raw, take): ExportCommand => ({
      kind: 'export',
      format: take(exportFormat(raw), null),
      files: raw.options.write ? 'written' : 'printed',
      edited: raw.options.force ? 'overwritten' : 'kept',
    }),
    run: async (command, context) => (await import('../generator/commands/export.ts')).runExport(command, context),
  }),
} satisfies Partial<Record<CommandName, CommandRow>>;

function generateCommand(kind: GenerateCommand['kind'], raw: RawCommand): GenerateCommand {
  return { kind, edited: raw.options.force ? 'overwritten' : 'kept', writing: writingOf(raw) };
}
