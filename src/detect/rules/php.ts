import type { Candidate, FoundPort, Rule } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { readCommand } from '../commands/read-command.ts';
import type { DetectionEvidence } from '../detection.ts';
import { filesCalled } from '../repository/files-called.ts';
import { lineAt, lineOf } from '../repository/find-line.ts';
import { asText, at, entriesOf, loadJson, textsOf } from '../repository/load-data.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import { placeText, type RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntry } from '../source/env-files.ts';
import { joinUrl } from '../source/join-url.ts';
import type { Route } from '../source/route.ts';
import { stripComments } from '../source/strip-comments.ts';
import { isServing } from './choose-scripts.ts';
import { launchCandidate } from './launch-candidate.ts';
import { type BackendFacts, proposeBackend } from './propose.ts';

const DEFAULT_PORT = 8000;

/** Laravel, Symfony and plain PHP applications, and what composer's own `dev` script starts beside them. */
export const phpRule: Rule = (repository) => {
  const directories = [...new Set(filesCalled(repository, /^(composer\.json|artisan)$/).map(parentOf))];
  const found = directories.flatMap((directory) => {
    const place = { repository, directory };
    return [...application(place), ...composerScripts(place)];
  });
  return directories.length > 0 ? found : pages(repository);
};

/** Where pages lie that are served as they are. */
const PAGE_FOLDERS = ['.', 'src', 'app', 'www', 'web', 'htdocs', 'public_html', 'site', 'backend', 'api', 'server'];

/** PHP without Composer: the first folder with an index page that does something. */
function pages(repository: Repository): readonly Candidate[] {
  for (const directory of PAGE_FOLDERS) {
    const place = { repository, directory };
    const index = indexPage(place);
    // Plug-ins hide the listing of their folder behind a page of one comment.
    const code = index === undefined ? '' : stripComments(repository.text(index) ?? '', 'slashes-and-hash');
    if (index === undefined || code.replace(/<\?php|\?>|\s/g, '') === '' || isWordPressPart(place)) continue;
    return [plainPhp(place, index, { file: index, line: null, says: 'is the index page of a PHP site' })];
  }
  return [];
}

function indexPage({ repository, directory }: RepositoryPlace): string | undefined {
  const names = ['public/index.php', 'web/index.php', 'index.php'];
  return names.map((name) => joinPath(directory, name)).find((file) => repository.has(file));
}

function application(place: RepositoryPlace): readonly Candidate[] {
  const { repository, directory } = place;
  const composer = loadJson(repository, joinPath(directory, 'composer.json'));
  const required = new Set(entriesOf(at(composer, 'require')).map(([name]) => name));
  // A theme or plug-in has no server of its own: the site around it has.
  const isPart = /^(wordpress-|drupal-|magento2-|typo3-)/.test(asText(at(composer, 'type')) ?? '');
  if (isPart || isWordPressPart(place)) return [];
  if (repository.has(joinPath(directory, 'artisan'))) return [laravel(place)];
  if (required.has('symfony/framework-bundle')) return [symfony(place)];
  const index = indexPage(place);
  const isProject = required.size > 0 || entriesOf(at(composer, 'autoload')).length > 0;
  return index === undefined || !isProject ? [] : [plainPhp(place, index, composerEvidence(place, 'php'))];
}

/** The header that WordPress reads of a theme or plug-in. */
function isWordPressPart({ repository, directory }: RepositoryPlace): boolean {
  const style = repository.text(joinPath(directory, 'style.css')) ?? '';
  if (/^[\s/*]*Theme Name:/m.test(style)) return true;
  const programs = repository.filesIn(directory).filter((name) => name.endsWith('.php'));
  return programs.some((name) => /^[\s/*]*Plugin Name:/m.test(repository.text(joinPath(directory, name)) ?? ''));
}

function laravel(place: RepositoryPlace): Candidate {
  const { repository, directory } = place;
  const bootstrap = joinPath(directory, 'bootstrap/app.php');
  const text = stripComments(repository.text(bootstrap) ?? '', 'slashes-and-hash');
  const health = /\bhealth:\s*['"]([^'"]+)['"]/.exec(text);
  const own: readonly Route[] =
    health === null ? [] : [{ path: health[1] ?? '/up', file: bootstrap, line: lineAt(text, health.index) }];
  const routes = own.length > 0 ? own : laravelRoutes(place);
  return proposeBackend({
    ...phpFacts(place, 'laravel'),
    command: 'php artisan serve --port=$PORT --tries=0',
    developerCommand: 'php artisan serve',
    port: laravelPort(place),
    routes,
    confidence: 0.95,
    evidence: [{ file: joinPath(directory, 'artisan'), line: null, says: 'is the command of a Laravel application' }],
  });
}

/** The routes that no group stands around: those of groups may be for known users, or below a prefix. */
function laravelRoutes({ repository, directory }: RepositoryPlace): readonly Route[] {
  const file = joinPath(directory, 'routes/web.php');
  const text = stripComments(repository.text(file) ?? '', 'slashes-and-hash');
  return [...text.matchAll(/^Route::get\(\s*['"]([^'"\n]+)['"][^;]{0,500};/gm)]
    .filter(([whole]) => !whole.includes('middleware'))
    .map((match) => ({ path: joinUrl('', match[1] ?? ''), file, line: lineAt(text, match.index) }));
}

function laravelPort({ repository, directory }: RepositoryPlace): FoundPort | undefined {
  const entry = envEntry(repository, directory, 'SERVER_PORT');
  const port = portNumber(entry?.value);
  if (entry === undefined || port === null) return undefined;
  return { port, source: placeText(entry.file, entry.line), rank: 3, variable: null };
}

function symfony(place: RepositoryPlace): Candidate {
  return proposeBackend({
    ...phpFacts(place, 'symfony'),
    command: 'symfony server:start --no-tls --port=$PORT',
    developerCommand: 'symfony server:start',
    confidence: 0.85,
  });
}

function plainPhp(place: RepositoryPlace, index: string, evidence: DetectionEvidence): Candidate {
  const folder = parentOf(index) === place.directory ? '' : ` -t ${baseName(parentOf(index))}`;
  return proposeBackend({
    ...phpFacts(place, 'php'),
    command: `php -S localhost:$PORT${folder}`,
    developerCommand: `php -S localhost:${DEFAULT_PORT}${folder}`,
    confidence: 0.6,
    evidence: [evidence],
  });
}

function phpFacts(
  place: RepositoryPlace,
  framework: string,
): Omit<BackendFacts, 'command' | 'developerCommand' | 'confidence'> {
  return {
    cwd: place.directory,
    ecosystem: 'php',
    framework,
    port: undefined,
    defaultPort: DEFAULT_PORT,
    routes: [],
    evidence: [composerEvidence(place, framework)],
  };
}

function composerEvidence({ repository, directory }: RepositoryPlace, framework: string): DetectionEvidence {
  const file = joinPath(directory, 'composer.json');
  return { file, line: lineOf(repository, file, '"require"'), says: `describes a ${framework} project` };
}

/** What `composer run dev` starts: Laravel's skeleton runs the server, queue, logs and Vite together. */
function composerScripts({ repository, directory }: RepositoryPlace): readonly Candidate[] {
  const file = joinPath(directory, 'composer.json');
  const scripts = at(loadJson(repository, file), 'scripts');
  const name = ['dev', 'start', 'serve'].find((candidate) => at(scripts, candidate) !== undefined);
  if (name === undefined) return [];
  const line = lineOf(repository, file, `"${name}"`);
  return textsOf(at(scripts, name)).flatMap((written) => {
    const text = written.replace(/^@php\b/, 'php').replace(/^@composer\b.*/, '');
    return readCommand(repository, { text, cwd: directory, file, line })
      .filter((launch) => isServing(repository, launch))
      .flatMap((launch) => launchCandidate(repository, launch) ?? []);
  });
}
