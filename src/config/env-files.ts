import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { LoadedConfig } from './load-config.ts';
import { parseEnvText } from './parse-env-text.ts';
import { type EnvFileText, readEnvFile } from './read-env-file.ts';

/** The variables of all env files that a config has to do with, as templates. */
export interface EnvFiles {
  /** `.env` and `.env.local` of the root, the latter winning. */
  readonly root: Readonly<Record<string, string>>;
  /** By service: its own `envFile`s, later ones winning. */
  readonly services: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A file that the result depends on, as it was when it was read. */
export interface SourceText {
  /** Relative to the root where it lies below it. */
  readonly path: string;
  /** `null`: it did not exist. */
  readonly text: string | null;
}

export interface EnvFilesReading {
  readonly files: EnvFiles;
  readonly sources: readonly SourceText[];
  /** False: a source cannot be compared with what it is later. */
  readonly repeatable: boolean;
  readonly problems: readonly Diagnostic[];
}

const ROOT_FILES = ['.env', '.env.local'];

/** Reads `.env`, `.env.local` and the services' `envFile`s. Only the latter have to exist. */
export function readEnvFiles(loaded: LoadedConfig): EnvFilesReading {
  const readings = new Map<string, EnvFileText>();
  const read = (path: string): EnvFileText => {
    const reading = readings.get(path) ?? readEnvFile(join(loaded.root, path));
    readings.set(path, reading);
    return reading;
  };
  const own = ownFiles(loaded);
  const layers = (paths: readonly string[]) => Object.assign({}, ...paths.map((path) => variablesOf(read(path))));
  const root = layers(ROOT_FILES);
  const services = Object.fromEntries(
    own.map(({ service, files }) => [service, layers(files.map(({ path }) => path))]),
  );
  const asked = own.flatMap(({ files }) => files);
  return {
    files: { root, services },
    sources: [...readings].map(([path, reading]) => ({ path, text: reading.kind === 'read' ? reading.text : null })),
    repeatable: [...readings.values()].every((reading) => reading.kind !== 'read' || reading.repeatable),
    problems: [
      ...ROOT_FILES.flatMap((path) => unreadable(path, read(path))),
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

function variablesOf(reading: EnvFileText): Readonly<Record<string, string>> {
  return reading.kind === 'read' ? parseEnvText(reading.text) : {};
}

function unreadable(path: string, reading: EnvFileText): Diagnostic[] {
  if (reading.kind !== 'unreadable') return [];
  const message = `cannot read \`${path}\`: ${reading.code}`;
  return [{ code: 'config/env-file-unreadable', message, hint: 'Let your user read it.', place: { file: path } }];
}

function missing(file: AskedFile, reading: EnvFileText, { root, locate }: LoadedConfig): Diagnostic[] {
  const place = locate(['services', file.service, 'envFile', file.index], 'value');
  if (reading.kind === 'unreadable')
    return unreadable(file.path, reading).map((diagnostic) => ({ ...diagnostic, place }));
  if (reading.kind === 'read') return [];
  const message = `\`${file.path}\`, an env file of \`${file.service}\`, does not exist`;
  return [{ code: 'config/env-file-missing', message, hint: hintFor(file, root), place }];
}

function hintFor({ written, path }: AskedFile, root: string): string {
  const example = [`${path}.example`, `${path}.sample`, `${path}.template`].find((name) =>
    existsSync(join(root, name)),
  );
  if (example !== undefined) return `Copy \`${example}\` to \`${path}\` and fill it in.`;
  const isInRoot = !isAbsolute(written) && existsSync(join(root, written));
  return isInRoot
    ? `Env files are looked for in the service's \`cwd\`; \`${written}\` lies in the project root, where \`.env\` and \`.env.local\` are read anyway.`
    : `Create it, or take it out of \`envFile\`; paths are relative to the service's \`cwd\`.`;
}
