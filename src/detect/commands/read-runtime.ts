import type { Repository } from '../repository/repository.ts';
import { fileEntry, packageEntry, unresolvedEntry } from './file-entry.ts';
import { plainWords } from './flags.ts';
import type { Launch } from './launch.ts';
import type { Ecosystem } from './server-program.ts';

/** What a language's own launcher runs. */
export type RuntimeCall = Pick<Launch, 'role' | 'ecosystem' | 'entry'>;

const SCRIPT_RUNNERS: Readonly<Record<string, Ecosystem>> = {
  ...Object.fromEntries(
    `node nodejs nodemon tsx ts-node ts-node-dev tsnd ts-node-esm babel-node esno esr swc-node vite-node
    node-dev node-hmr bun jiti supervisor`
      .split(/\s+/)
      .map((name) => [name, 'javascript' as const]),
  ),
  python: 'python',
  python3: 'python',
  py: 'python',
  ruby: 'ruby',
  deno: 'deno',
};

const FLAGS_WITH_VALUE =
  `-r --require --import --loader --experimental-loader -e --ext -i --ignore --ignore-watch --env-file
  --env-file-if-exists --watch-path --delay -d -P --project --tsconfig -O --compiler-options --signal --config -c
  -p --port --conditions -C --import-map --cwd -W -X -I --inspect-port`.split(/\s+/);

/** Calls such as `go run .`, where the program is the project itself. Each pattern is matched against the words. */
const PROJECT_CALLS: readonly (readonly [RegExp, Ecosystem])[] = [
  [/^mix (phx\.server|phoenix\.server)\b/, 'elixir'],
  [/^iex -S mix (phx\.server|phoenix\.server)\b/, 'elixir'],
  [/^go run\b/, 'go'],
  [/^(air|reflex|CompileDaemon|gow|wgo|modd|fresh|realize|arelo)\b/, 'go'],
  [/^cargo (run|watch|r|shuttle run|lambda watch)\b/, 'rust'],
  [/^bacon run/, 'rust'],
  [/^dotnet (run|watch)\b/, 'dotnet'],
  [/^(mvnw|mvn|mvnd)\b.*(spring-boot:run|quarkus:dev|mn:run|jetty:run|tomcat7:run|helidon:dev)/, 'java'],
  [/^(gradlew|gradle)\b.*\b(bootRun|quarkusDev|run|runDev)\b/, 'java'],
  [/^quarkus dev\b/, 'java'],
  [/^sbt\b.*\brun\b/, 'java'],
  [/^(lein|clj|clojure|boot)\b.*\b(run|server|ring)\b/, 'java'],
  [/^php\b.*-S\b/, 'php'],
  [/^rake\b.*\b(server|serve|dev)/, 'ruby'],
];

/** What an interpreter or a language's project runner starts; `undefined` when the words are neither. */
export function readRuntime(repository: Repository, words: readonly string[], cwd: string): RuntimeCall | undefined {
  const joined = words.join(' ');
  const project = PROJECT_CALLS.find(([pattern]) => pattern.test(joined));
  if (project !== undefined) return { role: 'project', ecosystem: project[1], entry: null };
  const [name = '', ...rest] = words;
  const direct = /\.(py|rb)$/.exec(name);
  if (direct !== null)
    return fileCall(direct[1] === 'py' ? 'python' : 'ruby', fileEntry({ repository, directory: cwd }, name));
  const ecosystem = SCRIPT_RUNNERS[name];
  if (ecosystem === undefined) return undefined;
  const valueFlags =
    name === 'nodemon' || name === 'supervisor' ? [...FLAGS_WITH_VALUE, '-w', '--watch'] : FLAGS_WITH_VALUE;
  const plain = plainWords(rest, valueFlags).filter((word) => word !== 'watch' && !(word === 'run' && name !== 'node'));
  const place = { repository, directory: cwd };
  const entry =
    plain.map((word) => fileEntry(place, word)).find((path) => path !== null) ??
    (plain.every(isDirectory) ? packageEntry(place) : null) ??
    unresolvedEntry(cwd, plain[0]);
  return fileCall(ecosystem, entry);
}

function fileCall(ecosystem: Ecosystem, entry: string | null): RuntimeCall {
  return { role: 'file', ecosystem, entry };
}

/** `nodemon` and `node .` run what the package says. */
function isDirectory(word: string): boolean {
  return word === '.' || word === './';
}
