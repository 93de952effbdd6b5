import { XMLParser } from 'fast-xml-parser';
import type { Candidate, FoundPort, Rule } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { JAVA_FRAMEWORKS, type JavaFramework } from '../frameworks/java-frameworks.ts';
import { filesCalled } from '../repository/files-called.ts';
import { asList, asText, at } from '../repository/load-data.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { documentedCommands } from '../source/readme-commands.ts';
import { springProperty } from '../source/spring-properties.ts';
import { springRoutes } from '../source/spring-routes.ts';
import { stripComments } from '../source/strip-comments.ts';
import { proposeBackend } from './propose.ts';

const DEFAULT_PORT = 8080;

interface Build {
  readonly file: string;
  readonly tool: 'maven' | 'gradle';
  readonly framework: JavaFramework;
  readonly hasHealth: boolean;
}

/** Maven and Gradle builds of Spring Boot, Quarkus, Micronaut and Ktor applications. */
export const javaRule: Rule = (repository) =>
  filesCalled(repository, /^(pom\.xml|build\.gradle(\.kts)?)$/)
    .flatMap((file) => readBuild(repository, file) ?? [])
    .filter(
      (build, _, builds) => hasMainClass(repository, parentOf(build.file)) && isPreferred(repository, build, builds),
    )
    .map((build) => javaCandidate(repository, build));

/** Of two builds side by side the one that the documents mention first; Maven when they mention none. */
function isPreferred(repository: Repository, build: Build, builds: readonly Build[]): boolean {
  const directory = parentOf(build.file);
  if (!builds.some((other) => other.tool !== build.tool && parentOf(other.file) === directory)) return true;
  const first =
    documentedCommands(repository, directory).find(({ text }) => /^(\.\/)?(mvnw?|gradlew?)\b/.test(text))?.text ??
    'mvn';
  return (/mvnw?/.test(first) ? 'maven' : 'gradle') === build.tool;
}

function readBuild(repository: Repository, file: string): Build | undefined {
  const tool = baseName(file) === 'pom.xml' ? 'maven' : 'gradle';
  const names = tool === 'maven' ? mavenNames(repository, file) : gradleNames(repository, file);
  const framework = JAVA_FRAMEWORKS.find(({ group }) => names.some((name) => group.test(name)));
  if (framework === undefined) return undefined;
  const hasHealth = names.some((name) => framework.health?.dependency.test(name));
  return { file, tool, framework, hasHealth };
}

function mavenNames(repository: Repository, file: string): readonly string[] {
  try {
    const project = at(new XMLParser().parse(repository.text(file) ?? ''), 'project');
    const many = (data: unknown): readonly unknown[] =>
      Array.isArray(data) ? asList(data) : data === undefined ? [] : [data];
    const pieces = [
      at(project, 'parent'),
      ...many(at(project, 'dependencies', 'dependency')),
      ...many(at(project, 'build', 'plugins', 'plugin')),
    ];
    return pieces.map((piece) => `${asText(at(piece, 'groupId')) ?? ''}:${asText(at(piece, 'artifactId')) ?? ''}`);
  } catch {
    repository.note(`\`${file}\` could not be parsed and was left out.`);
    return [];
  }
}

/** Gradle builds are programs: the coordinates and plugin names that stand in them as texts are read. */
function gradleNames(repository: Repository, file: string): readonly string[] {
  const text = stripComments(repository.text(file) ?? '', 'slashes');
  const plugins = [...text.matchAll(/\bid\s*\(?\s*["']([\w.-]+)["'](?!.*apply\s+false)/g)].map(
    (match) => match[1] ?? '',
  );
  const coordinates = [...text.matchAll(/["']([\w.-]+:[\w.-]+)(?::[^"']*)?["']/g)].map((match) => match[1] ?? '');
  const aliases = /alias\s*\(\s*libs\.plugins\.spring(?:\.boot|Boot)/i.test(text) ? ['org.springframework.boot'] : [];
  return [...plugins, ...coordinates, ...aliases];
}

/** A parent build of several modules has no program of its own. */
function hasMainClass(repository: Repository, directory: string): boolean {
  return repository.filesBelow(joinPath(directory, 'src/main')).some((file) => /\.(java|kt|groovy)$/.test(file));
}

function javaCandidate(repository: Repository, build: Build): Candidate {
  const directory = parentOf(build.file);
  const place = { repository, directory };
  const { framework, tool } = build;
  const context = contextPath(place, framework);
  const { cwd, program, module } = runnerOf(place, tool);
  const { before, behind } = framework.port[tool];
  const developerCommand = `${program} ${module}${framework.run[tool]}`;
  return proposeBackend({
    cwd,
    home: directory,
    ecosystem: 'java',
    framework: framework.name,
    command: [before, developerCommand, behind].filter((part) => part !== undefined).join(' '),
    developerCommand,
    port: portOf(place, framework),
    defaultPort: DEFAULT_PORT,
    routes: springRoutes(repository, directory).map((route) => ({ ...route, path: context + route.path })),
    frameworkHealth: build.hasHealth ? healthPath(place, framework) : null,
    confidence: 0.9,
    evidence: [{ file: build.file, line: null, says: `builds a ${framework.name} application` }],
  });
}

/** The build's wrapper, in its own folder or that of the whole build. */
function runnerOf(
  { repository, directory }: RepositoryPlace,
  tool: Build['tool'],
): { readonly program: string; readonly cwd: string; readonly module: string } {
  const name = tool === 'maven' ? 'mvnw' : 'gradlew';
  if (repository.has(joinPath(directory, name))) return { program: `./${name}`, cwd: directory, module: '' };
  const parent = parentOf(directory);
  if (directory !== '.' && repository.has(joinPath(parent, name))) {
    const child = baseName(directory);
    return tool === 'gradle'
      ? { program: './gradlew', cwd: parent, module: `:${child}:` }
      : { program: `./mvnw -pl ${child}`, cwd: parent, module: '' };
  }
  return { program: tool === 'maven' ? 'mvn' : 'gradle', cwd: directory, module: '' };
}

function portOf({ repository, directory }: RepositoryPlace, { portProperty }: JavaFramework): FoundPort | undefined {
  const set = springProperty(repository, directory, portProperty);
  const port = portNumber(/\$\{\w+:(\d+)\}/.exec(set?.value ?? '')?.[1] ?? set?.value);
  return set === undefined || port === null ? undefined : { port, source: set.place, rank: 3, variable: null };
}

/** Spring Boot can serve everything below a path of its own. */
function contextPath({ repository, directory }: RepositoryPlace, { name }: JavaFramework): string {
  if (name !== 'spring-boot') return '';
  return (springProperty(repository, directory, 'server.servlet.context-path')?.value ?? '').replace(/\/$/, '');
}

/** Source: Spring Boot's reference, "Actuator endpoints" and "Monitoring over HTTP". */
function healthPath(place: RepositoryPlace, framework: JavaFramework): string | null {
  const { repository, directory } = place;
  if (framework.name !== 'spring-boot') return framework.health?.path ?? null;
  if (springProperty(repository, directory, 'management.server.port') !== undefined) return null;
  const base = springProperty(repository, directory, 'management.endpoints.web.base-path')?.value ?? '/actuator';
  return `${contextPath(place, framework)}${base.replace(/\/$/, '')}/health`;
}
