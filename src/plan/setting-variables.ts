import type { EnvFiles } from '../config/env-files.ts';
import type { ConfigPath } from '../config/source.ts';
import { resolveVariables } from './resolve-variables.ts';

type Variables = Readonly<Record<string, string>>;

export interface SettingSources {
  /** Of the user's shell, without what devgen put there. */
  readonly shell: Variables;
  /** Of the root's env files. */
  readonly dotenv: Variables;
  /** Of the service that the setting is one of; `undefined`: of none. */
  readonly service: { readonly dotenv: Variables; readonly env: Variables } | undefined;
}

/**
 * What the variables in ports, durations and numbers of the config stand for. From the strongest: the shell, the
 * service's env files, those of the root, the service's `env`.
 */
export function settingVariables({ shell, dotenv, service }: SettingSources): Variables {
  const envFiles = [...(service === undefined ? [] : [service.dotenv]), dotenv];
  const layers = envFiles.map((definitions) => ({ from: 'env-file', definitions }) as const);
  const config = { from: 'config', definitions: service?.env ?? {}, own: {} } as const;
  return resolveVariables({ shell, layers: [...layers, config], fixed: {}, plain: {} }).variables;
}

/** What a variable stands for in the setting at a path; `undefined`: it is not set. */
export type LookUpSetting = (variable: string, path: ConfigPath) => string | undefined;

interface ConfigSources {
  readonly config: { readonly services?: Readonly<Record<string, { readonly env?: Variables }>> };
  readonly envFiles: EnvFiles;
  /** As in `SettingSources`. */
  readonly shell: Variables;
}

/** For a config that is no plan yet. */
export function settingLookUp({ config, envFiles, shell }: ConfigSources): LookUpSetting {
  const known = new Map<string, Variables>();
  return (variable, [section, member]) => {
    const name = section === 'services' ? String(member) : '';
    const service = { dotenv: envFiles.services[name]?.variables ?? {}, env: config.services?.[name]?.env ?? {} };
    const variables =
      known.get(name) ?? settingVariables({ shell, dotenv: envFiles.root, service: name === '' ? undefined : service });
    known.set(name, variables);
    return Object.hasOwn(variables, variable) ? variables[variable] : undefined;
  };
}
