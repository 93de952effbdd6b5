import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { configJsonSchema } from '../../config/json-schema.ts';
import type { EmitOptions } from '../../manifest/emitted-files.ts';
import { readRegularFile } from '../../platform/regular-file.ts';
import type { ProjectOutline } from '../project-names.ts';
import type { CommandWords } from './command-words.ts';
import type { Handed } from './connections.ts';
import type { ProjectFacts, RuntimeFile, Seed, Templates } from './project-facts.ts';
import { readRepository } from './read-repository.ts';

export interface Sources {
  readonly root: string;
  readonly plan: ProjectOutline;
  readonly commands: readonly CommandWords[];
  readonly proxies: readonly Handed[];
  readonly emit: EmitOptions;
  readonly launcher: string;
  readonly seed: Seed | null;
  /** Folder of the built runtime; throws when it is not there. */
  readonly runtimeSource: string;
  /** Folder of the literal texts. */
  readonly templates: string;
  readonly outputSchema: string;
}

/** Reads everything that decides what is generated; changes nothing. */
export async function readFacts({ root, runtimeSource, templates, ...chosen }: Sources): Promise<ProjectFacts> {
  const { plan, emit, launcher, seed, commands, outputSchema, proxies } = chosen;
  return {
    plan,
    emit,
    launcher,
    seed,
    commands,
    schema: configJsonSchema(),
    outputSchema,
    proxies,
    templates: readTemplates(templates, launcher),
    runtime: readFolder(runtimeSource),
    repository: await readRepository(root),
  };
}

function readTemplates(folder: string, launcher: string): Templates {
  const files = readFolder(folder).filter(({ path }) => !path.startsWith('apps/'));
  const textOf = (content: Buffer) => content.toString().replaceAll('\r\n', '\n').replaceAll('@LAUNCHER@', launcher);
  return new Map(files.map(({ path, content }) => [path, textOf(content)]));
}

function readFolder(folder: string): RuntimeFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file).split(sep).join('/'), content: readRegularFile(file) }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}
