import { parseTemplate, type Template } from '../../plan/template.ts';

type Variables = Readonly<Record<string, string>>;

/** Where a service's variables come from. */
export interface EnvironmentSources {
  /** What nothing else may define. */
  readonly fixed: Variables;
  /** What the service's own definitions and commands mean by `HOST` and `URL`. */
  readonly own: Variables;
  /** Definitions that no env file of the service's replaces. */
  readonly config: readonly (readonly [string, string])[];
  /** What is in env files: values that stay there. */
  readonly inFiles: ReadonlySet<string>;
  /** Where the services are, unless the user says it otherwise. */
  readonly places: Variables;
}

export type OpenDefinitions = readonly (readonly [name: string, template: Template])[];

/** What only a shell on the target can expand, and what refers to that; each after those that it refers to. */
export function openDefinitions({ fixed, own, config, inFiles, places }: EnvironmentSources): OpenDefinitions {
  const defined = new Set(config.map(([name]) => name));
  const known = new Set([...Object.keys(fixed), ...Object.keys(places), ...defined]);
  const open = new Map<string, Template>();
  const isOpen = (template: Template, self: string): boolean =>
    template.some((part) => {
      if (part.kind === 'text' || Object.hasOwn(own, part.name)) return false;
      if (open.has(part.name)) return true;
      if (inFiles.has(part.name) && !Object.hasOwn(fixed, part.name)) {
        if (part.name === self || !defined.has(part.name)) return true;
      }
      if (part.otherwise !== null) return isOpen(part.otherwise.template, self);
      return part.name === self || !known.has(part.name);
    });
  for (let before = -1; before < open.size; ) {
    before = open.size;
    for (const [name, text] of config) {
      const template = parseTemplate(text);
      if (template.ok && isOpen(template.value, name)) open.set(name, withValues(template.value, own));
    }
  }
  return inOrder(open);
}

function withValues(template: Template, values: Variables): Template {
  return template.map((part) => {
    if (part.kind === 'text') return part;
    if (Object.hasOwn(values, part.name)) return { kind: 'text', text: values[part.name] ?? '' };
    if (part.otherwise === null) return part;
    return { ...part, otherwise: { ...part.otherwise, template: withValues(part.otherwise.template, values) } };
  });
}

function inOrder(open: ReadonlyMap<string, Template>): OpenDefinitions {
  const ordered = new Map<string, Template>();
  const visit = (name: string, trail: readonly string[]): void => {
    const template = open.get(name);
    if (template === undefined || ordered.has(name) || trail.includes(name)) return;
    for (const other of variablesIn(template)) visit(other, [...trail, name]);
    ordered.set(name, template);
  };
  for (const name of open.keys()) visit(name, []);
  return [...ordered];
}

/** All variables that a text refers to, inside defaults too. */
export function variablesIn(template: Template): readonly string[] {
  return template.flatMap((part) => {
    if (part.kind === 'text') return [];
    return part.otherwise === null ? [part.name] : [part.name, ...variablesIn(part.otherwise.template)];
  });
}
