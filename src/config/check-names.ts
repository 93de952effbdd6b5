import { serviceActions } from '../base/commands.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { ConfigOutline, OutlineEntry } from './config-outline.ts';
import { RESERVED_NAMES, RESERVED_TASK_NAMES } from './reserved-names.ts';
import type { Locate } from './source.ts';

/** Names that would mean two things: a command, an action on another service, a task and a service. */
export function checkNames(outline: ConfigOutline, locate: Locate): Diagnostic[] {
  const actions = new Map(
    outline.services.flatMap(({ name }) => serviceActions().map(({ word }) => [`${name}-${word}`, name] as const)),
  );
  const services = new Set(outline.services.map(({ name }) => name));
  const found = [
    ...outline.services.map((service) => serviceClash(service, actions) ?? instanceClash(service, outline)),
    ...outline.tasks.map((task) => taskClash(task, services, actions)),
  ];
  return found.flatMap((clash) =>
    clash === undefined ? [] : [{ ...clash, place: locate(clash.path, 'key') }].map(withoutPath),
  );
}

type Clash = Diagnostic & { readonly path: OutlineEntry['path'] };

function withoutPath({ path: _, ...diagnostic }: Clash): Diagnostic {
  return diagnostic;
}

function serviceClash({ name, path }: OutlineEntry, actions: ReadonlyMap<string, string>): Clash | undefined {
  if (RESERVED_NAMES.has(name))
    return reserved(path, `no service can be called \`${name}\`: that means something else already`, name);
  return actionClash({ name, path, kind: 'service' }, actions);
}

/** `api-1` and the first instance of `api` would both be `API_1_PORT`. */
function instanceClash({ name, path }: OutlineEntry, { services }: ConfigOutline): Clash | undefined {
  const [, base, number] = /^(.+)-([1-9]\d*)$/.exec(name) ?? [];
  const other = services.find((service) => service.name === base);
  if (other === undefined || other.instances < 2 || Number(number) > other.instances) return undefined;
  return {
    code: 'config/name-taken',
    message: `no service can be called \`${name}\`: \`${other.name}.${number}\` has the same variables`,
    hint: 'Rename one of them.',
    path,
  };
}

function taskClash(
  { name, path }: OutlineEntry,
  services: ReadonlySet<string>,
  actions: ReadonlyMap<string, string>,
): Clash | undefined {
  if (RESERVED_TASK_NAMES.has(name))
    return reserved(path, `no task can be called \`${name}\`: \`make ${name}\` is taken`, name);
  if (services.has(name)) {
    return {
      code: 'config/name-taken',
      message: `\`${name}\` is the name of a service and of a task`,
      hint: 'Rename one of them.',
      path,
    };
  }
  return actionClash({ name, path, kind: 'task' }, actions);
}

function reserved(path: OutlineEntry['path'], message: string, name: string): Clash {
  return { code: 'config/reserved-name', message, hint: `Rename it, for example to \`${name}-app\`.`, path };
}

function actionClash(
  { name, path, kind }: { name: string; path: OutlineEntry['path']; kind: 'service' | 'task' },
  actions: ReadonlyMap<string, string>,
): Clash | undefined {
  const service = actions.get(name);
  if (service === undefined) return undefined;
  const action = name.slice(service.length + 1);
  return {
    code: 'config/name-taken',
    message: `no ${kind} can be called \`${name}\`: that is the action \`${action}\` of the service \`${service}\``,
    hint: 'Rename one of them.',
    path,
  };
}
