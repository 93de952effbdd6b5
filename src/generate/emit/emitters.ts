import type { DesiredFile } from '../engine/desired-file.ts';
import { emitAliases } from './emit-aliases.ts';
import { emitCompletion } from './emit-completion.ts';
import { emitDocuments } from './emit-documents.ts';
import { emitFormatterIgnore } from './emit-formatter-ignore.ts';
import { emitGitFiles } from './emit-git-files.ts';
import { emitLauncher } from './emit-launcher.ts';
import { emitMakefile } from './emit-makefile.ts';
import { emitNpmScripts } from './emit-npm-scripts.ts';
import { emitRuntime } from './emit-runtime.ts';
import { emitSchema } from './emit-schema.ts';
import { emitSeed } from './emit-seed.ts';
import { emitStartScripts } from './emit-start-scripts.ts';
import { emitVscodeTasks } from './emit-vscode-tasks.ts';
import type { ProjectFacts } from './project-facts.ts';

/** Says which files are wanted; pure, and the same text for the same facts, without version, time or absolute path. */
export type Emitter = (facts: ProjectFacts) => readonly DesiredFile[];

/** Everything that devgen can generate: a new kind of file is a new line here. */
export const EMITTERS: readonly Emitter[] = [
  emitSeed,
  emitLauncher,
  emitRuntime,
  emitSchema,
  emitMakefile,
  emitAliases,
  emitCompletion,
  emitStartScripts,
  emitNpmScripts,
  emitVscodeTasks,
  emitDocuments,
  emitGitFiles,
  emitFormatterIgnore,
];
