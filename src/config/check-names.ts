import type { Diagnostic } from '../base/diagnostic.ts';
import { RESERVED_NAMES, RESERVED_TASK_NAMES, SERVICE_ACTIONS } from './reserved-names.ts';
import type { Sketch, Sketched } from './sketch.ts';
import type { Locate } from './source.ts';

/** Names that would mean two things: a verb of `./dev`, an action on another service, a task and a service. */
export function checkNames(sketch: Sketch, locate: Locate): Diagnostic[] {
  const actions = new Map(
    sketch.services.flatMap(({ name }) => SERVICE_ACTIONS.map((action) => [`${name}-${action}`, name] as const)),
  );
  const services = new Set(sketch.services.map(({ name }) => name));
  const found = [
    ...sketch.services.map((service) => serviceClash(service, actions)),
    ...sketch.tasks.map((task) => taskClash(task, services, actions)),
  ];
  return found.flatMap((clash) =>
    clash === undefined ? [] : [{ ...clash, place: locate(clash.path, 'key') }].map(withoutPath),
  );
}

type Clash = Diagnostic & { readonly path: Sketched['path'] };

function withoutPath({ path: _, ...diagnostic }: Clash): Diagnostic {
  return diagnostic;
}

function serviceClash({ name, path }: Sketched, actions: ReadonlyMap<string, string>): Clash | undefined {
  if (RESERVED_NAMES.has(name))
    return reserved(path, `no service can be called \`${name}\`: \`./dev ${name}\` is taken`, name);
  return actionClash({ name, path, kind: 'service' }, actions);
}

function taskClash(
  { name, path }: Sketched,
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

function reserved(path: Sketched['path'], message: string, name: string): Clash {
  return { code: 'config/reserved-name', message, hint: `Rename it, for example to \`${name}-app\`.`, path };
}

function actionClash(
  { name, path, kind }: { name: string; path: Sketched['path']; kind: 'service' | 'task' },
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
