import type { Diagnostic } from '../base/diagnostic.ts';
import { nearest } from '../base/nearest.ts';
import type { ConfigOutline, OutlineEntry, Reference } from './config-outline.ts';
import { findCycles } from './find-cycles.ts';
import type { Locate } from './source.ts';

/** `dependsOn`, `deps` and `needs` that lead nowhere or in a circle. */
export function checkReferences(outline: ConfigOutline, locate: Locate): Diagnostic[] {
  const { services, tasks } = outline;
  return [
    ...services.flatMap(({ after }) => unknownAmong(after, { kind: 'service', candidates: services, others: tasks })),
    ...tasks.flatMap(({ after }) => unknownAmong(after, { kind: 'task', candidates: tasks, others: services })),
    ...tasks.flatMap(({ needs }) => unknownAmong(needs, { kind: 'service', candidates: services, others: tasks })),
    ...cyclesAmong(services, 'dependsOn'),
    ...cyclesAmong(tasks, 'deps'),
  ].map(({ reference, ...diagnostic }) => ({ ...diagnostic, place: locate(reference.path, 'value') }));
}

type Found = Diagnostic & { readonly reference: Reference };

interface Candidates {
  readonly kind: 'service' | 'task';
  readonly candidates: readonly OutlineEntry[];
  readonly others: readonly OutlineEntry[];
}

function unknownAmong(references: readonly Reference[], { kind, candidates, others }: Candidates): Found[] {
  const names = candidates.map(({ name }) => name);
  return references
    .filter(({ name }) => !names.includes(name))
    .map((reference) => {
      const isOther = others.some(({ name }) => name === reference.name);
      return {
        code: `config/unknown-${kind}`,
        message: `there is no ${kind} \`${reference.name}\``,
        hint: isOther ? wrongList(kind, reference.name) : suggestion(kind, reference.name, names),
        reference,
      };
    });
}

function wrongList(kind: 'service' | 'task', name: string): string {
  return kind === 'task'
    ? `\`${name}\` is a service: name it under \`needs\`.`
    : `\`${name}\` is a task; services and tasks are started apart.`;
}

function suggestion(kind: 'service' | 'task', name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  if (meant !== undefined) return `Did you mean \`${meant}\`?`;
  return names.length === 0 ? `The config has no ${kind}s.` : `Known ${kind}s: ${names.join(', ')}.`;
}

function cyclesAmong(entries: readonly OutlineEntry[], key: string): Found[] {
  const edges = new Map(entries.map(({ name, after }) => [name, after.map((reference) => reference.name)]));
  return findCycles(edges).flatMap((cycle) => {
    const [from, to] = cycle.slice(-2);
    const reference = entries.find(({ name }) => name === from)?.after.find(({ name }) => name === to);
    if (reference === undefined) return [];
    return [
      {
        code: 'config/dependency-cycle',
        message: `\`${key}\` goes in a circle: \`${cycle.join(' → ')}\``,
        hint: 'Take one of these dependencies out.',
        reference,
      },
    ];
  });
}
