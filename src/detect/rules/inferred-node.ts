import type { Candidate } from '../candidate.ts';
import { readScript } from '../commands/read-command.ts';
import type { PackageJson } from '../manifests/package-json.ts';
import { binaryCommand, packageManagerOf } from '../manifests/package-manager.ts';
import { joinPath, relativePath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { NODE_ENTRIES } from '../source/javascript/javascript-listen.ts';
import { inferredLaunch } from './inferred-launch.ts';
import { isDesktopWindow } from './is-no-application.ts';
import { isServerEntry, nodeServerCandidate } from './node-server.ts';

const SERVER_PACKAGES = [
  'express',
  'fastify',
  'koa',
  'hono',
  '@hono/node-server',
  'h3',
  'elysia',
  '@hapi/hapi',
  '@nestjs/core',
  'restify',
  'polka',
  'socket.io',
  '@apollo/server',
  'apollo-server',
  'apollo-server-express',
  'graphql-yoga',
  'ws',
  'json-server',
];

/**
 * A server that no script starts: a server framework among the dependencies and a usual entry file that opens a port.
 * The
 * dependency alone is too weak: development proxies bring express along.
 */
export function inferredNodeServer(repository: Repository, manifest: PackageJson): readonly Candidate[] {
  if (manifest.isPublished || !SERVER_PACKAGES.some((name) => manifest.dependencies.has(name))) return [];
  if (runsAnotherFile(repository, manifest) || isDesktopWindow(repository, manifest.directory)) return [];
  const { directory } = manifest;
  const candidates = [...(manifest.main === undefined ? [] : [manifest.main]), ...NODE_ENTRIES].map((name) =>
    joinPath(directory, name),
  );
  const entry = candidates.find((path) => repository.has(path) && isServerEntry(repository, path));
  if (entry === undefined) return [];
  const file = relativePath(directory, entry);
  const manager = packageManagerOf(repository, directory);
  const text = startText(manifest, manager, file);
  const launch = inferredLaunch(manifest, { text, words: ['node', file], role: 'file', entry });
  const candidate = nodeServerCandidate(repository, launch, entry);
  return [
    {
      ...candidate,
      developerCommand: manager === 'bun' ? `bun ${file}` : `node ${file}`,
      basis: 'inferred',
      confidence: 0.7,
    },
  ];
}

function startText(manifest: PackageJson, manager: ReturnType<typeof packageManagerOf>, file: string): string {
  if (manager === 'bun') return `bun --watch ${file}`;
  if (manifest.dependencies.has('tsx')) return binaryCommand(manager, `tsx watch ${file}`);
  if (manifest.dependencies.has('nodemon')) return binaryCommand(manager, `nodemon ${file}`);
  return /\.[cm]?ts$/.test(file) ? `npx tsx watch ${file}` : `node --watch ${file}`;
}

/** A package whose own scripts run a file that opens no port is a worker or a tool, whatever other files it has. */
function runsAnotherFile(repository: Repository, manifest: PackageJson): boolean {
  return ['dev', 'start', 'start:dev'].some((name) =>
    readScript(repository, manifest.directory, name).some(
      (launch) => launch.role === 'file' && launch.entry !== null && repository.has(launch.entry),
    ),
  );
}
