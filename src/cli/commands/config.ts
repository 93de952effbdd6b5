import type { Diagnostic } from '../../base/diagnostic.ts';
import { nearest } from '../../base/nearest.ts';
import { isSecretName, MASK } from '../../base/redact-secrets.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { configuredPorts } from '../../plan/wanted-ports.ts';
import { knownShift } from '../../runtime/worktrees/port-shift.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { settingTable } from '../sentences/setting-table.ts';
import { effectiveSettings } from '../settings/effective-settings.ts';
import type { Setting } from '../settings/setting.ts';

export type ConfigCommand = ShowConfigCommand | GetSettingCommand | SetSettingCommand;

interface ShowConfigCommand {
  readonly kind: 'config';
  readonly action: 'show';
}

interface GetSettingCommand {
  readonly kind: 'config';
  readonly action: 'get';
  /** `services.backend.port`. */
  readonly key: string;
  readonly secrets: 'hidden' | 'shown';
}

export interface SetSettingCommand {
  readonly kind: 'config';
  readonly action: 'set';
  readonly key: string;
  /** As it was typed. */
  readonly value: string;
}

/** Shows what is settled and where each value comes from, reads one value, or changes one in the config file. */
export async function runConfig(command: ConfigCommand, context: CommandContext): Promise<ExitCode> {
  if (command.action === 'set') return (await import('../settings/change-setting.ts')).changeSetting(command, context);
  const { screen } = context;
  const settings = await settingsOf(context);
  if (!settings.ok) return complain(screen, settings.error);
  if (command.action === 'get') return get(command, settings.value, context);
  const shown = settings.value.map(hidden);
  if (screen.answers === 'json') printJson<'config'>(screen, { settings: shown.map(toJson) });
  else screen.out(...settingTable(shown, screen.paintOut));
  return EXIT.done;
}

/** From the config itself rather than the cached plan, which has forgotten where anything stood. */
async function settingsOf({ checkout }: CommandContext): Promise<Result<readonly Setting[], readonly Diagnostic[]>> {
  const { readConfiguration } = await import('../../config/compile.ts');
  const configuration = await readConfiguration(checkout.root);
  if (!configuration.ok) return configuration;
  const { plan, environment } = checkout;
  const { loaded } = configuration.value;
  const ports = configuredPorts(plan, environment, knownShift(checkout) ?? 0);
  return ok(effectiveSettings({ plan, loaded, ports, environment }));
}

/** One value, in a form for scripts: each item of a list on a line of its own; of a group of settings, its table. */
function get({ key, secrets }: GetSettingCommand, settings: readonly Setting[], { screen }: CommandContext): ExitCode {
  const to = secrets === 'shown' ? screen.unmasked : screen;
  const found = find(key, secrets === 'shown' ? settings : settings.map(hidden));
  if (!found.ok) return complain(screen, [found.error]);
  const [only] = found.value;
  if (only === undefined || only.key !== key) {
    if (screen.answers === 'json') printJson<'config'>(to, { settings: found.value.map(toJson) });
    else to.out(...settingTable(found.value, screen.paintOut));
    return EXIT.done;
  }
  if (screen.answers === 'json') printJson<'config'>(to, toJson(only));
  else if (only.value !== null) to.out(...[only.value].flat().map(String));
  else screen.note(`\`${key}\` is not set, and has no default`);
  return only.value === null ? EXIT.failed : EXIT.done;
}

/** A variable whose name says that it is secret shows nothing of its value, however short. */
function hidden(setting: Setting): Setting {
  const variable = /\.env\.(.+)$/s.exec(setting.key)?.[1];
  return variable !== undefined && isSecretName(variable) ? { ...setting, value: MASK } : setting;
}

function find(key: string, settings: readonly Setting[]): Result<readonly Setting[], Diagnostic> {
  const one = settings.find((setting) => setting.key === key);
  if (one !== undefined) return ok([one]);
  const below = settings.filter((setting) => setting.key.startsWith(`${key}.`));
  if (below.length > 0) return ok(below);
  const meant = nearest(
    key,
    settings.map((setting) => setting.key),
  );
  return err({
    code: 'usage/unknown-setting',
    message: `there is no setting \`${key}\``,
    hint: meant === undefined ? '`config` shows them all.' : `Did you mean \`${meant}\`?`,
  });
}

function toJson({ key, value, source }: Setting) {
  const { kind } = source;
  if (kind === 'config') {
    const { file, position } = source.place;
    return { key, value, source: { kind, file, line: position?.line ?? null } } as const;
  }
  return { key, value, source };
}
