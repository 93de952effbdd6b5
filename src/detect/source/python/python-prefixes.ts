import type { Repository } from '../../repository/repository.ts';
import { joinUrl } from '../join-url.ts';
import { evaluatePython } from './evaluate-python.ts';
import { asksForUser } from './guarded-view.ts';
import { keywordOf, type PythonCall, pathOf, splitName, textOf } from './python-expression.ts';
import type { PythonDefinition, PythonModule } from './python-module.ts';
import { readPython } from './read-python.ts';
import { type PythonPlace, resolvePythonName } from './resolve-python.ts';

/** The modules of an application, and how its routers hang together. */
export interface PythonRouteGraph {
  readonly repository: Repository;
  readonly modules: readonly PythonModule[];
  readonly mounts: readonly PythonMount[];
  /** What functions are handed, by function and parameter, as far as it was asked for: many routes share a function. */
  readonly givers: Map<string, readonly PythonRouteHolder[]>;
}

/** A router that hangs below another one. */
export interface PythonMount {
  readonly holder: PythonRouteHolder;
  readonly prefix: string;
  /** Whether the prefix takes the place of the router's own. */
  readonly replaces: boolean;
  readonly target: PythonPlace;
}

/** What routes are registered on: the name that the code has for it at one place. */
export interface PythonRouteHolder {
  readonly module: PythonModule;
  readonly name: string;
  /** The innermost function in which the name is used. */
  readonly within: PythonDefinition | null;
}

const MAX_DEPTH = 6;
/** What answers nothing until it is registered on an application. */
const PARTS = new Set(['APIRouter', 'Blueprint', 'APIBlueprint', 'Namespace', 'Router', 'RouteTableDef']);
const APPLICATION_NAMES = /^(self\.)?_?(app|application|api|server|flask_app|fastapi_app)$/;

/** The prefixes under which a holder's routes are answered; none where that cannot be proved from the code. */
export function pythonPrefixes(
  graph: PythonRouteGraph,
  holder: PythonRouteHolder,
  open: readonly string[] = [],
): readonly string[] {
  const key = keyOf(holder);
  if (open.includes(key) || open.length > MAX_DEPTH) return [];
  const above = (next: PythonRouteHolder): readonly string[] => pythonPrefixes(graph, next, [...open, key]);
  const construction = holder.module.values.get(holder.name);
  const call = construction?.kind === 'call' ? construction : undefined;
  if (isParameter(holder)) return handedOver(graph, holder, above);
  const origin = call === undefined ? definedElsewhere(graph, holder) : undefined;
  if (origin !== undefined) return above(origin);
  const own = call === undefined ? '' : ownPrefix(graph.repository, holder.module, call);
  if (own === undefined) return [];
  const mounts = graph.mounts.filter((mount) => isTarget(mount.target, holder));
  if (mounts.length > 0)
    return mounts.flatMap((mount) =>
      above(mount.holder).map((prefix) => joinUrl(joinUrl(prefix, mount.prefix), mount.replaces ? '' : own)),
    );
  const parent = call === undefined ? undefined : parentOf(holder, call);
  if (parent !== undefined) return above(parent).map((prefix) => joinUrl(prefix, own));
  return call !== undefined && PARTS.has(splitName(call.name).last) ? [] : [own];
}

function keyOf({ module, name, within }: PythonRouteHolder): string {
  return `${module.file}#${within?.line ?? 0}#${name}`;
}

/** The place that defines a router which this module only imports. */
function definedElsewhere(
  { repository }: PythonRouteGraph,
  { module, name }: PythonRouteHolder,
): PythonRouteHolder | undefined {
  const place = module.imports.has(name.split('.')[0] ?? '') ? resolvePythonName(repository, module, name) : undefined;
  const home = place === undefined || place.file === module.file ? undefined : readPython(repository, place.file);
  return home === undefined || place?.name == null ? undefined : { module: home, name: place.name, within: null };
}

function isTarget(target: PythonPlace, { module, name, within }: PythonRouteHolder): boolean {
  return target.file === module.file && (target.name === null || target.name === name || target.name === within?.name);
}

function isParameter({ name, within }: PythonRouteHolder): boolean {
  return within?.parameters.includes(name.split('.')[0] ?? '') === true;
}

/** A function is handed what to register its routes on: wherever it is called, the argument says what that is. */
function handedOver(
  graph: PythonRouteGraph,
  holder: PythonRouteHolder,
  above: (holder: PythonRouteHolder) => readonly string[],
): readonly string[] {
  const key = keyOf(holder);
  const givers = graph.givers.get(key) ?? giversOf(graph, holder);
  graph.givers.set(key, givers);
  if (givers.length === 0) return APPLICATION_NAMES.test(holder.name) ? [''] : [];
  return givers.flatMap(above);
}

/** What the parameter that a holder is called by is given, wherever its function is called. */
function giversOf(graph: PythonRouteGraph, { module, name, within }: PythonRouteHolder): readonly PythonRouteHolder[] {
  const position = within?.parameters.indexOf(name) ?? -1;
  return graph.modules.flatMap((caller) =>
    caller.calls
      .filter((call) => splitName(call.name).last === within?.name)
      .filter((call) => resolvePythonName(graph.repository, caller, call.name)?.file === module.file)
      .flatMap((call): readonly PythonRouteHolder[] => {
        const path = pathOf(keywordOf(call, name) ?? call.arguments[position]);
        return path === undefined ? [] : [{ module: caller, name: path, within: call.within }];
      }),
  );
}

/** `Api(app)`, `api.init_app(app)`, `api.namespace("users")`: what is made of another one, or given to it. */
function parentOf({ module, name, within }: PythonRouteHolder, call: PythonCall): PythonRouteHolder | undefined {
  const { holder, last } = splitName(call.name);
  if (last === 'namespace' && holder !== '') return { module, name: holder, within };
  if (!/^(Api|RestX|Restful)$/.test(last)) return undefined;
  const given = module.calls.find((candidate) => candidate.name === `${name}.init_app`);
  const path = pathOf(call.arguments[0] ?? keywordOf(call, 'app') ?? given?.arguments[0]);
  return path === undefined ? undefined : { module, name: path, within: given?.within ?? within };
}

/**
 * The prefix that a router is made with: `APIRouter(prefix="/users")`, `Blueprint("users", __name__,
 * url_prefix="/users")`.
 * Namespaces have their name for one. `undefined` when it is not known, or only users are answered.
 */
function ownPrefix(repository: Repository, module: PythonModule, call: PythonCall): string | undefined {
  if (asksForUser(keywordOf(call, 'dependencies'))) return undefined;
  const isNamespace = /^namespace$/i.test(splitName(call.name).last);
  const written = keywordOf(call, 'prefix', 'url_prefix', ...(isNamespace ? ['path'] : []));
  if (written !== undefined) {
    const { literal } = evaluatePython(repository, module, written);
    return typeof literal === 'string' ? literal : undefined;
  }
  const name = isNamespace ? textOf(call.arguments[0]) : undefined;
  return name === undefined ? '' : `/${name}`;
}
