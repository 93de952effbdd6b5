import { lineAt } from '../repository/find-line.ts';
import type { Repository } from '../repository/repository.ts';
import { sequence } from './join-patterns.ts';
import { joinUrl } from './join-url.ts';
import type { Route } from './route.ts';
import { stripComments } from './strip-comments.ts';

/** A class of an ASP.NET project, with the route that its attributes give it. */
interface Controller {
  readonly name: string;
  readonly base: string | undefined;
  readonly route: string | undefined;
  readonly file: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const CLASS = sequence(
  [
    /(?<attributes>(?:\[[^\n]*\]\s*)*)(?:(?:public|internal|sealed|abstract|partial)\s+)*/,
    /class\s+(?<name>\w+)[^:{]*(?::\s*(?<base>\w+))?/,
  ],
  'g',
);
const MAX_FILES = 1500;
const MAX_BASES = 4;

/**
 * The GET routes of ASP.NET controllers: the route of the class, or of what it is made from, and that of each method.
 */
export function controllerRoutes(repository: Repository, files: readonly string[]): readonly Route[] {
  const classes = files.slice(0, MAX_FILES).flatMap((file) => classesIn(repository, file));
  const byName = new Map(classes.map((found) => [found.name, found]));
  return classes.flatMap((controller) => {
    const written = routeOf(controller, byName);
    if (written === undefined || !controller.name.endsWith('Controller')) return [];
    const prefix = written.replace('[controller]', controller.name.replace(/Controller$/, ''));
    const body = controller.text.slice(controller.start, controller.end);
    return [...body.matchAll(/\[HttpGet(?:\(\s*"([^"]*)")?/g)].flatMap(({ 1: sub = '', index }) => {
      const path = sub.startsWith('/') ? sub : joinUrl(prefix, sub);
      const line = lineAt(controller.text, controller.start + index);
      return path.includes('[') ? [] : [{ path: path.toLowerCase(), file: controller.file, line }];
    });
  });
}

function routeOf(controller: Controller, byName: ReadonlyMap<string, Controller>): string | undefined {
  let current: Controller | undefined = controller;
  for (let steps = 0; current !== undefined && steps < MAX_BASES; steps++) {
    if (current.route !== undefined) return current.route;
    current = byName.get(current.base ?? '');
  }
  return undefined;
}

function classesIn(repository: Repository, file: string): readonly Controller[] {
  const text = stripComments(repository.text(file) ?? '', 'slashes');
  if (!text.includes('Controller')) return [];
  const found = [...text.matchAll(CLASS)];
  return found.map((match, index) => {
    const { attributes = '', name = '', base } = match.groups ?? {};
    const route = /\[Route\(\s*"([^"]*)"/.exec(attributes)?.[1];
    const end = found[index + 1]?.index ?? text.length;
    return { name, base, route, file, text, start: match.index + match[0].length, end };
  });
}
