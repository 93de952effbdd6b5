import type { Repository } from '../../repository/repository.ts';
import { alternatives, sequence } from '../join-patterns.ts';
import { onTheWay } from '../on-the-way.ts';
import { HEALTH_WORDS, type WantedRoutes } from '../route.ts';
import { importedFiles } from './imported-files.ts';
import { fileGraph } from './javascript-graph.ts';
import { type JavaScriptModule, readModule } from './javascript-module.ts';

/** What stands in every file that registers routes, hangs a router below another, or hands one on. */
const ROUTING = alternatives([
  /\.\s*(?:use|route|register|mount|nest)\b/,
  /\.\s*(?:get|all|head)\s*(?:<[^>]{0,200}>\s*)?\(\s*(?:["'`]\/|`\$\{|\{|[\w$.]+\s*[,+])/,
  /[(,]\s*(?:app|application|server|express|fastify|instance|api|hono|http|\w*[rR]outer)\s*[,)]/,
]);
/** A path that is no plain text could be any. */
const COMPUTED = sequence([
  /\b(?:app|application|server|fastify|instance|api|hono|route|\w*[rR]outer)\s*\.\s*(?:get|all|head|route|use)/,
  /\s*(?:<[^>]{0,200}>\s*)?\(\s*(?:`[^`\n]*\$\{|[A-Z][\w$.]*\s*[,+]|\w[\w$]*\.[\w$.]+\s*[,+])/,
]);
const ROOT = /["'`]\/?["'`]/;
const HEALTH = new RegExp(`/_*(?:${HEALTH_WORDS})/?["'\`]`, 'i');

/** The modules of a program that say where its wanted routes are, the entry first; parsing all would cost seconds. */
export function javascriptRouteModules(
  repository: Repository,
  entry: string,
  wanted: WantedRoutes,
): readonly JavaScriptModule[] {
  const textOf = (file: string): string => repository.text(file) ?? '';
  const isSought = (file: string): boolean => {
    const text = textOf(file);
    return (
      file === entry || (ROUTING.test(text) && (wanted === 'root' ? ROOT : HEALTH).test(text)) || COMPUTED.test(text)
    );
  };
  const files = fileGraph(repository, entry);
  const importsOf = (file: string): readonly string[] =>
    importedFiles(repository, file).flatMap(({ file: imported }) => imported ?? []);
  return onTheWay({ files, importsOf }, isSought)
    .filter((file) => ROUTING.test(textOf(file)) && !isNestPart(textOf(file)))
    .flatMap((file) => readModule(repository, file) ?? []);
}

/** What Nest puts together by itself: such a file is handed no router. */
function isNestPart(text: string): boolean {
  return /^@(?:Injectable|Module|Controller|Resolver|Catch|ObjectType|InputType|ArgsType)\(/m.test(text);
}
