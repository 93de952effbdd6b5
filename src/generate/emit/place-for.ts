import { type EmitName, type EmitOptions, type EmittedName, isEmitName } from '../../manifest/emitted-files.ts';
import type { RepositoryFacts } from './repository.ts';

/** `missing`: it can be made, if the user asks for the file; `none`: not even then. */
export type PlaceFor = 'there' | 'missing' | 'none';

/** What needs a place that not every repository has. */
const PLACES: Readonly<Partial<Record<EmitName, (repository: RepositoryFacts) => PlaceFor>>> = {
  npmScripts: ({ npmScripts }) => (npmScripts === null ? 'none' : 'there'),
  nodemon: ({ nodemon }) => (({ unused: 'missing', unset: 'there', set: 'none' }) as const)[nodemon],
  // A site would publish them as pages.
  guide: ({ publishesRoot }) => (publishesRoot ? 'missing' : 'there'),
  agents: ({ publishesRoot }) => (publishesRoot ? 'missing' : 'there'),
  mcp: ({ mcpServers }) => (mcpServers.claude === null ? 'missing' : 'there'),
  // Which agents its people have, no repository tells.
  mcpCursor: ({ mcpServers }) => onRequest(mcpServers.cursor),
  mcpVscode: ({ mcpServers }) => onRequest(mcpServers.vscode),
  mcpCodex: ({ mcpServers }) => onRequest(mcpServers.codex),
  mcpZed: ({ mcpServers }) => onRequest(mcpServers.zed),
  skill: () => 'missing',
  vscode: ({ vscodeLabels }) => (vscodeLabels === null ? 'missing' : 'there'),
};

function onRequest(servers: ReadonlySet<string> | null): PlaceFor {
  return servers === null ? 'none' : 'missing';
}

export function placeFor(name: EmitName, repository: RepositoryFacts): PlaceFor {
  return PLACES[name]?.(repository) ?? 'there';
}

/** Whether a row is to be generated here. */
export function isWanted(name: EmittedName, emit: EmitOptions, repository: RepositoryFacts): boolean {
  if (!isEmitName(name)) return true;
  const place = placeFor(name, repository);
  return emit[name] === undefined ? place === 'there' : emit[name] && place !== 'none';
}
