import type { Repository } from '../../repository/repository.ts';
import { joinUrl } from '../join-url.ts';
import type { Route } from '../route.ts';
import { modulesWith } from './javascript-graph.ts';
import { child, children, type JavaScriptModule, lineOfNode, nameOf, type SyntaxNode } from './javascript-module.ts';
import { propertyValue } from './javascript-properties.ts';
import { evaluate } from './javascript-value.ts';

/** A file without one of these words has neither a route nor what changes one. */
const TELLING = /\bController\b|\bsetGlobalPrefix\b|\benableVersioning\b/;

/** The GET routes of a Nest application: `@Controller` and `@Get`, the global prefix, and versions in the path. */
export function nestRoutes(repository: Repository, entry: string): readonly Route[] {
  const modules = modulesWith(repository, entry, (text) => TELLING.test(text));
  const application = { repository, settings: settingsOf(repository, modules) };
  return modules.flatMap((module) =>
    module.nodes
      .filter((node) => node.type === 'ClassDeclaration')
      .flatMap((node) => controllerRoutes(application, module, node)),
  );
}

interface NestApplication {
  readonly repository: Repository;
  readonly settings: NestSettings;
}

interface NestSettings {
  readonly prefix: string;
  readonly excluded: readonly string[];
  /** `null`: no versions in paths. */
  readonly version: string | null;
}

function settingsOf(repository: Repository, modules: readonly JavaScriptModule[]): NestSettings {
  let settings: NestSettings = { prefix: '', excluded: [], version: null };
  for (const module of modules) {
    for (const node of module.calls) {
      const method = nameOf(child(child(node, 'callee'), 'property'));
      const [first, second] = children(node, 'arguments');
      if (method === 'setGlobalPrefix') {
        const { literal } = evaluate(repository, module, first);
        const excluded = children(propertyValue(second, 'exclude'), 'elements').flatMap(
          (element) => nameOf(element) ?? nameOf(propertyValue(element, 'path')) ?? [],
        );
        if (typeof literal === 'string') settings = { ...settings, prefix: literal, excluded };
      }
      if (method === 'enableVersioning') {
        const usesPath =
          propertyValue(first, 'type') === undefined ||
          nameOf(child(propertyValue(first, 'type'), 'property')) === 'URI';
        const version = propertyValue(first, 'defaultVersion');
        const literal =
          version === undefined
            ? null
            : evaluate(repository, module, children(version, 'elements')[0] ?? version).literal;
        const pathPrefix = nameOf(propertyValue(first, 'prefix')) ?? 'v';
        settings = { ...settings, version: usesPath && literal !== null ? `${pathPrefix}${literal}` : null };
      }
    }
  }
  return settings;
}

function controllerRoutes(application: NestApplication, module: JavaScriptModule, node: SyntaxNode): readonly Route[] {
  const { repository, settings } = application;
  const controller = decorator(node, 'Controller');
  if (controller === undefined) return [];
  const [argument] = children(controller, 'arguments');
  const options = argument?.type === 'ObjectExpression' ? argument : undefined;
  const base =
    evaluate(repository, module, options === undefined ? argument : propertyValue(options, 'path')).literal ?? '';
  return children(child(node, 'body'), 'body').flatMap((member) => {
    const get = decorator(member, 'Get');
    if (get === undefined) return [];
    const sub = evaluate(repository, module, children(get, 'arguments')[0]).literal ?? '';
    const path = joinUrl(String(base), String(sub)).replace(/(.)\/$/, '$1');
    const isBare = decorator(node, 'Version') !== undefined || propertyValue(options, 'version') !== undefined;
    const version = settings.version === null || isBare ? '' : settings.version;
    const isExcluded = settings.excluded.some((excluded) => joinUrl('', excluded) === path);
    const whole = isExcluded ? path : joinUrl(joinUrl(settings.prefix, version), path);
    return [{ path: whole, file: module.file, line: lineOfNode(member) }];
  });
}

function decorator(node: SyntaxNode, name: string): SyntaxNode | undefined {
  return children(node, 'decorators')
    .map((candidate) => child(candidate, 'expression'))
    .find((expression) => nameOf(child(expression, 'callee')) === name);
}
