import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_EMIT, type EmitOptions } from '../../generate/emit/emit-options.ts';
import type { Option } from './prompts.ts';

type EmitKey = keyof EmitOptions;

/** What can be generated here besides `./dev`, and what of it is unless the user says otherwise. */
export interface EmitChoices {
  readonly options: readonly Option<EmitKey>[];
  readonly usual: readonly EmitKey[];
}

const LABELS: Readonly<Record<EmitKey, string>> = {
  makefile: 'make targets',
  aliases: 'shell aliases',
  completion: 'shell completion',
  startScripts: 'scripts/start-NAME.sh',
  npmScripts: 'npm scripts',
  vscode: 'VS Code tasks',
  guide: 'a section in DEVELOPMENT.md',
  agents: 'a section in AGENTS.md',
};

export function emitChoices(root: string): EmitChoices {
  const keys = (Object.keys(DEFAULT_EMIT) as EmitKey[]).filter((key) => key !== 'npmScripts' || hasScripts(root));
  return {
    options: keys.map((value) => ({ value, label: LABELS[value] })),
    usual: keys.filter((key) => key !== 'vscode' || existsSync(join(root, '.vscode'))),
  };
}

/** What the config has to say for just these to be generated. */
export function emitSettings({ options, usual }: EmitChoices, chosen: readonly EmitKey[]): Partial<EmitOptions> {
  const changed = options.filter(({ value }) => usual.includes(value) !== chosen.includes(value));
  return Object.fromEntries(changed.map(({ value }) => [value, chosen.includes(value)]));
}

function hasScripts(root: string): boolean {
  const file = join(root, 'package.json');
  return existsSync(file) && readFileSync(file, 'utf8').includes('"scripts"');
}
