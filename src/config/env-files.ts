import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, relative, resolve } from 'node:path';
import type { Diagnostic, Place } from '../base/diagnostic.ts';
import type { LoadedConfig } from './load-config.ts';
import { mergeEnvTexts, namesInEnvText, ROOT_ENV_FILES } from './merge-env-texts.ts';
import { parseEnvText, withLineFeeds } from './parse-env-text.ts';
import { positionOf } from './position.ts';
import { type EnvFileText, readEnvFile } from './read-env-file.ts';

/** The variables of all env files that a config has to do with, as templates for `expandKnownVariables`. */
export interface EnvFiles {
  /** `.env` and `.env.local` of the root, the latter winning. */
  readonly root: Readonly<Record<string, string>>;
  /** By service: its own `envFile`s, later ones winning. */
  readonly services: Readonly<Record<string, OwnEnvFiles>>;
}

interface OwnEnvFiles {
  readonly paths: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

export interface EnvFilePaths {
  readonly root: readonly string[];
  readonly services: Readonly<Record<string, readonly string[]>>;
}

/** An env file that the result depends on. */
export interface EnvFileNames {
  /** Relative to the root where it lies below it. */
  readonly path: string;
  /** Of the variables that it sets, in its order; `null`: it did not exist. */
  readonly names: readonly string[] | null;
}

/** Where an env file sets a variable. */
export interface EnvFileVariable {
  readonly name: string;
  readonly place: Place;
}

export interface EnvFilesReading {
  readonly files: EnvFiles;
  readonly variables: readonly EnvFileVariable[];
  /** Where they are, relative to the root, the weakest first; without files of the root that do not exist. */
  readonly paths: EnvFilePaths;
  readonly sources: readonly EnvFileNames[];
  /** False: one of them cannot be read again. */
  readonly repeatable: boolean;
  readonly problems: readonly Diagnostic[];
}

/** Reads `.env`, `.env.local` and the services' `envFile`s. Only the latter have to exist. */
export function readEnvFiles(loaded: LoadedConfig): EnvFilesReading {
  const readings = new Map<string, EnvFileText>();
  const read = (path: string): EnvFileText => {
    const reading = readings.get(path) ?? readEnvFile(join(loaded.root, path));
    readings.set(path, reading);
    return reading;
  };
  const own = ownFiles(loaded);
  const merged = (paths: readonly string[]) => mergeEnvTexts(paths.map((path) => textOf(read(path))));
  const root = merged(ROOT_ENV_FILES);
  const services = Object.fromEntries(
    own.map(({ service, files }) => {
      const paths = files.map(({ path }) => path);
      return [service, { paths, variables: merged(paths) }];
    }),
  );
  const asked = own.flatMap(({ files }) => files);
  return {
    files: { root, services },
    variables: [...readings].flatMap(([path, reading]) => placesOf(path, reading)),
    paths: {
      root: ROOT_ENV_FILES.filter((path) => read(path).kind === 'read'),
      services: Object.fromEntries(Object.entries(services).map(([service, { paths }]) => [service, paths])),
    },
    sources: [...readings].map(([path, reading]) => ({ path, names: namesInEnvText(textOf(reading)) })),
    repeatable: [...readings.values()].every((reading) => reading.kind !== 'read' || reading.repeatable),
    problems: [
      ...ROOT_ENV_FILES.flatMap((path) => unreadable(path, read(path))),
      ...asked.flatMap((file) => missing(file, read(file.path), loaded)),
    ],
  };
}

interface AskedFile {
  readonly service: string;
  readonly index: number;
  readonly written: string;
  readonly path: string;
}

function ownFiles({ config, root }: LoadedConfig): readonly { service: string; files: readonly AskedFile[] }[] {
  return Object.entries(config.services ?? {}).map(([service, { cwd = '.', envFile = [] }]) => ({
    service,
    files: envFile.map((written, index) => {
      const path = relative(root, resolve(root, cwd, written));
      return { service, index, written, path };
    }),
  }));
}

function textOf(reading: EnvFileText): string | null {
  return reading.kind === 'read' ? reading.text : null;
}

function placesOf(file: string, reading: EnvFileText): readonly EnvFileVariable[] {
  const text = withLineFeeds(textOf(reading) ?? '');
  return parseEnvText(text).map(({ name, offset }) => {
    const end = offset + name.length;
    // The excerpt of a message is no place for a value, which may be a secret.
    return { name, place: { file, position: positionOf(`${text.slice(0, end)}=…`, offset, end) } };
  });
}

const UNREADABLE: Readonly<Record<string, { readonly why: string; readonly hint: string }>> = {
  ETIMEDOUT: { why: 'it is a pipe, and nothing was written into it', hint: 'Start the program that fills it.' },
  EFTYPE: { why: 'it is a device or a socket', hint: 'Put a file there.' },
  EFBIG: { why: 'it is too large for an env file', hint: 'Put a smaller file there.' },
};

function unreadable(path: string, reading: EnvFileText): Diagnostic[] {
  if (reading.kind !== 'unreadable') return [];
  const { why = reading.code, hint = 'Let your user read it.' } = UNREADABLE[reading.code] ?? {};
  const message = `cannot read \`${path}\`: ${why}`;
  return [{ code: 'config/env-file-unreadable', message, hint, place: { file: path } }];
}

function missing(file: AskedFile, reading: EnvFileText, { config, root, locate }: LoadedConfig): Diagnostic[] {
  const place = locate(['services', file.service, 'envFile', file.index], 'value');
  if (reading.kind === 'unreadable')
    return unreadable(file.path, reading).map((diagnostic) => ({ ...diagnostic, place }));
  if (reading.kind === 'read' || isMadeBySetup(file.path, config)) return [];
  const message = `\`${file.path}\`, an env file of \`${file.service}\`, does not exist`;
  return [{ code: 'config/env-file-missing', message, hint: hintFor(file, root), place }];
}

/** Whether a step of `setup` copies it there before anything starts. */
function isMadeBySetup(path: string, { setup }: LoadedConfig['config']): boolean {
  if (setup === undefined || setup === 'never') return false;
  return Object.values(setup).some(({ to }) => to !== undefined && normalize(to) === path);
}

function hintFor({ written, path }: AskedFile, root: string): string {
  const example = [`${path}.example`, `${path}.sample`, `${path}.template`].find((name) =>
    existsSync(join(root, name)),
  );
  if (example !== undefined) return `Copy \`${example}\` to \`${path}\` and fill it in.`;
  const inRoot = join(root, written);
  if (isAbsolute(written) || !existsSync(inRoot)) {
    return "Create it, or take it out of `envFile`; paths are relative to the service's `cwd`.";
  }
  const meant = relative(dirname(join(root, path)), inRoot).replaceAll('\\', '/');
  return `Write \`${meant}\`: env files are looked for in the service's \`cwd\`, and this one is in the project root.`;
}
