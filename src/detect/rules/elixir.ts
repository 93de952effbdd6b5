import type { FoundPort, Rule } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { isAside } from '../repository/aside.ts';
import { lineAt, lineOf } from '../repository/find-line.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { blockRoutes } from '../source/block-routes.ts';
import type { Route } from '../source/route.ts';
import { stripComments } from '../source/strip-comments.ts';
import { proposeBackend } from './propose.ts';

/** Phoenix applications: a `mix.exs` that depends on phoenix. */
export const elixirRule: Rule = (repository) =>
  [...repository.files]
    .filter(
      (file) =>
        baseName(file) === 'mix.exs' &&
        !isAside(parentOf(file)) &&
        /\{\s*:phoenix\s*,/.test(stripComments(repository.text(file) ?? '', 'hash')) &&
        !/(^|\/)apps\//.test(file),
    )
    .map((file) => {
      const directory = parentOf(file);
      const readsPort = /System\.(?:get_env|fetch_env!)\(\s*"PORT"/.test(
        devConfig(repository, directory)
          .map(({ text }) => text)
          .join('\n'),
      );
      return proposeBackend({
        cwd: directory,
        home: directory,
        ecosystem: 'elixir',
        framework: 'phoenix',
        command: 'mix phx.server',
        developerCommand: 'mix phx.server',
        port: phoenixPort(repository, directory, readsPort),
        defaultPort: 4000,
        routes: [
          ...blockRoutes(
            repository,
            repository
              .filesBelow(joinPath(directory, 'lib'))
              .filter((path) => path.endsWith('router.ex') || path.endsWith('endpoint.ex')),
          ),
          ...plugRoutes(repository, directory),
        ],
        confidence: 0.9,
        evidence: [{ file, line: lineOf(repository, file, ':phoenix,'), says: 'depends on phoenix' }],
      });
    });

function devConfig(repository: Repository, directory: string): readonly { file: string; text: string }[] {
  return ['config/dev.exs', 'config/runtime.exs']
    .map((name) => joinPath(directory, name))
    .map((file) => ({ file, text: stripComments(repository.text(file) ?? '', 'hash') }));
}

function phoenixPort(repository: Repository, directory: string, readsPort: boolean): FoundPort | undefined {
  for (const { file, text } of devConfig(repository, directory)) {
    const match =
      /\bport:\s*(?:String\.to_integer\()?(?:System\.get_env\(\s*"PORT"\s*(?:,\s*"|\)\s*\|\|\s*"))?(\d{4,5})/.exec(
        text,
      );
    const port = portNumber(match?.[1]);
    if (match !== null && port !== null)
      return { port, source: `${file}:${lineAt(text, match.index)}`, rank: 3, variable: readsPort ? 'PORT' : null };
  }
  return undefined;
}

/** Plugs before the router that answer one path: `def call(%{path_info: ["status"]} = conn, _)`. */
function plugRoutes(repository: Repository, directory: string): readonly Route[] {
  const files = repository.filesBelow(joinPath(directory, 'lib')).filter((file) => file.endsWith('.ex'));
  return files.flatMap((file) => {
    const text = repository.text(file) ?? '';
    const found = text.matchAll(
      /def call\([^\n]{0,100}(?:path_info: \[((?:"[\w-]+"(?:,\s*)?)+)\]|request_path: "([^"\n]+)")/g,
    );
    return [...found].map(({ 1: parts = '', 2: path, index }) => ({
      path: path ?? `/${parts.replaceAll('"', '').split(/,\s*/).join('/')}`,
      file,
      line: lineAt(text, index),
    }));
  });
}
