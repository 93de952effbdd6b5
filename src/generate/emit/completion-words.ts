import { serviceActions } from '../../base/commands.ts';
import { calledNames } from '../../base/instance-name.ts';
import type { ProjectNames } from '../project-names.ts';
import type { CommandWords } from './command-words.ts';

/**
 * What can be typed, a line each: where, the word, and what it is for. Where: `.` for the first word, `.-` for a first
 * word that has a hyphen already, else the command before it. A word that ends in `=` takes a value as the next word.
 * Lines that begin with `=`, before all others, say which command a first word means that is none.
 */
export function renderCompletionWords(plan: ProjectNames, commands: readonly CommandWords[]): string {
  const names = calledNames(plan.services.map(({ name }) => name));
  const services = names.map((name) => `${name} service`);
  const tasks = plan.tasks.map(({ name }) => `${name} task`);
  const verbs = commands.map(({ name, summary }) => `${name} ${summary}`);
  const byKind: Readonly<Record<string, readonly string[]>> = { service: services, task: tasks, command: verbs };
  const actions = names.flatMap((name) => serviceActions().map(({ word, command }) => `${name}-${word} ${command}`));
  const lines = [
    ...inContext('=', [...names.map((name) => `${name} up`), ...actions]),
    ...inContext('.', [...services, ...verbs]),
    ...inContext('.-', actions),
    ...commands.flatMap((command) =>
      inContext(command.name, [...(byKind[command.positional?.kind ?? ''] ?? []), ...optionsOf(command)]),
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function inContext(context: string, words: readonly string[]): string[] {
  return words.map((word) => `${context} ${word.replace(/\s+/g, ' ')}`);
}

function optionsOf({ options }: CommandWords): string[] {
  return options.flatMap(({ name, short, value, summary }) => {
    const suffix = value === null ? '' : '=';
    const long = `--${name}${suffix} ${summary}`;
    return short === null ? [long] : [long, `-${short}${suffix} ${summary}`];
  });
}
