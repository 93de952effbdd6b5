import { joinUrl } from '../join-url.ts';
import { functionAround, functionsOf, type JavaScriptFunction } from './javascript-functions.ts';
import { child, children, type JavaScriptModule, nameOf, type SyntaxNode } from './javascript-module.ts';

/** The modules of a program, and how its routers hang together. */
export interface JavaScriptRouteGraph {
  readonly modules: readonly JavaScriptModule[];
  readonly mounts: readonly JavaScriptMount[];
  /** What a router is made with: `new Router({ prefix: '/api' })`, by file and variable. */
  readonly bases: ReadonlyMap<string, string>;
  /** What functions are handed, by function and parameter, as far as it was asked for: many routes share a function. */
  readonly givers: Map<string, readonly JavaScriptRouteHolder[]>;
}

/** A router that hangs below another one. */
export interface JavaScriptMount {
  readonly holder: JavaScriptRouteHolder;
  readonly prefix: string;
  /** The module mounted, or the name of a router in it. */
  readonly target: { readonly file: string; readonly name: string | null };
}

/** What routes are registered on: the name that the code has for it at one place. */
export interface JavaScriptRouteHolder {
  readonly module: JavaScriptModule;
  readonly name: string;
  /** The innermost function in which the name is used. */
  readonly within: JavaScriptFunction | null;
}

const MAX_DEPTH = 6;
/** Names that a program has for the whole server, when it is handed to a function that nothing is seen to call. */
const APPLICATION_NAMES = /^(app|application|server|express|fastify|instance|api|hono|http)$/i;

/** The prefixes under which a holder's routes are answered; none where that cannot be proved from the code. */
export function javascriptPrefixes(
  graph: JavaScriptRouteGraph,
  holder: JavaScriptRouteHolder,
  open: readonly string[] = [],
): readonly string[] {
  const key = keyOf(holder);
  if (open.includes(key) || open.length > MAX_DEPTH) return [];
  const above = (next: JavaScriptRouteHolder): readonly string[] => javascriptPrefixes(graph, next, [...open, key]);
  const own = graph.bases.get(`${holder.module.file}#${holder.name}`) ?? '';
  const mounts = graph.mounts.filter((mount) => isTarget(mount, holder));
  if (mounts.length > 0)
    return mounts.flatMap((mount) => above(mount.holder).map((prefix) => joinUrl(joinUrl(prefix, mount.prefix), own)));
  const position = holder.within?.parameters.indexOf(holder.name) ?? -1;
  if (position >= 0) {
    const givers = giversOf(graph, holder, position);
    if (givers.length > 0) return givers.flatMap(above).map((prefix) => joinUrl(prefix, own));
    return APPLICATION_NAMES.test(holder.name) ? [own] : [];
  }
  return isRouter(holder.module.bindings.get(holder.name)) ? [] : [own];
}

function keyOf({ module, name, within }: JavaScriptRouteHolder): string {
  return `${module.file}#${within?.start ?? 0}#${name}`;
}

function isTarget({ target, holder }: JavaScriptMount, { module, name }: JavaScriptRouteHolder): boolean {
  if (target.file !== module.file) return false;
  const isOwn = holder.module === module;
  return isOwn ? target.name !== null && target.name === name : true;
}

/** `express.Router()`, `new Router()`: what answers nothing until it is mounted. */
function isRouter(node: SyntaxNode | undefined): boolean {
  const callee = child(node, 'callee');
  return /^(Router|KoaRouter)$/.test(nameOf(child(callee, 'property')) ?? nameOf(callee) ?? '');
}

/** What the parameter that a holder is called by is given, wherever its function is called. */
function giversOf(
  graph: JavaScriptRouteGraph,
  holder: JavaScriptRouteHolder,
  position: number,
): readonly JavaScriptRouteHolder[] {
  const key = keyOf(holder);
  const found = graph.givers.get(key) ?? graph.modules.flatMap((module) => handedOver(module, holder, position));
  graph.givers.set(key, found);
  return found;
}

/** What a module hands over to the function that a holder is a parameter of. */
function handedOver(
  module: JavaScriptModule,
  { module: home, within }: JavaScriptRouteHolder,
  position: number,
): readonly JavaScriptRouteHolder[] {
  if (module !== home && !module.imports.some(({ file }) => file === home.file)) return [];
  const functions = functionsOf(module);
  const sought = { home, name: within?.name ?? null };
  return module.calls.flatMap((node): readonly JavaScriptRouteHolder[] => {
    if (!calls(module, child(node, 'callee'), sought)) return [];
    const name = nameOf(children(node, 'arguments')[position]);
    return name === undefined ? [] : [{ module, name, within: functionAround(functions, node) }];
  });
}

/** Whether a callee is the function of this name (`null`: the one exported as a whole) of another module or its own. */
function calls(
  module: JavaScriptModule,
  callee: SyntaxNode | undefined,
  { home, name }: { readonly home: JavaScriptModule; readonly name: string | null },
): boolean {
  if (callee?.type === 'CallExpression') {
    const source = nameOf(child(callee, 'callee')) === 'require' ? nameOf(children(callee, 'arguments')[0]) : undefined;
    return (
      source !== undefined &&
      module.imports.some((imported) => imported.specifier === source && imported.file === home.file)
    );
  }
  const isMember = callee?.type === 'MemberExpression';
  const called = nameOf(isMember ? child(callee, 'property') : callee);
  const holder = isMember ? nameOf(child(callee, 'object')) : called;
  if (called === undefined || holder === undefined) return false;
  const imported = module.imports.find((candidate) => candidate.file === home.file && candidate.names.has(holder));
  if (imported === undefined) return module === home && called === name;
  const exported = imported.names.get(holder);
  const isWhole = exported === 'default' || exported === '*';
  return isMember ? called === name : isWhole || exported === name;
}
