import { XMLParser } from 'fast-xml-parser';
import type { Candidate, FoundPort, Rule } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { isAside } from '../repository/aside.ts';
import { asList, asText, at } from '../repository/load-data.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { documentedCommands } from '../source/readme-commands.ts';
import { springProperty } from '../source/spring-properties.ts';
import { springRoutes } from '../source/spring-routes.ts';
import { stripComments } from '../source/strip-comments.ts';
import { type BackendFacts, proposeBackend } from './propose.ts';

interface Build {
  readonly file: string;
  readonly tool: 'maven' | 'gradle';
  readonly framework: 'spring-boot' | 'quarkus' | 'micronaut' | 'ktor';
  readonly hasActuator: boolean;
}

/** Maven and Gradle builds of Spring Boot, Quarkus, Micronaut and Ktor applications. */
export const javaRule: Rule = (repository) =>
  [...repository.files]
    .filter(
      (file) => ['pom.xml', 'build.gradle', 'build.gradle.kts'].includes(baseName(file)) && !isAside(parentOf(file)),
    )
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
  const names = baseName(file) === 'pom.xml' ? mavenNames(repository, file) : gradleNames(repository, file);
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  const framework = has(/^org\.springframework\.boot/)
    ? 'spring-boot'
    : has(/^io\.quarkus/)
      ? 'quarkus'
      : has(/^io\.micronaut/)
        ? 'micronaut'
        : has(/^io\.ktor/)
          ? 'ktor'
          : undefined;
  if (framework === undefined) return undefined;
  return {
    file,
    tool: baseName(file) === 'pom.xml' ? 'maven' : 'gradle',
    framework,
    hasActuator: has(/spring-boot-starter-actuator|quarkus-smallrye-health|micronaut-management/),
  };
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
  const routes = springRoutes(repository, directory);
  const context =
    build.framework === 'spring-boot'
      ? (springProperty(repository, directory, 'server.servlet.context-path')?.value ?? '')
      : '';
  const runner = wrapper(repository, directory, build.tool);
  const prefixed = routes.map((route) => ({ ...route, path: `${context.replace(/\/$/, '')}${route.path}` }));
  return proposeBackend({
    cwd: runner.cwd,
    home: directory,
    ecosystem: 'java',
    framework: build.framework,
    ...commandsOf(build, runner.program, runner.module),
    port: portOf(repository, directory, build),
    defaultPort: 8080,
    routes: prefixed,
    frameworkHealth: build.hasActuator ? actuatorPath(repository, directory, build, context) : null,
    confidence: 0.9,
    evidence: [{ file: build.file, line: null, says: `builds a ${build.framework} application` }],
  });
}

function commandsOf(build: Build, program: string, module: string): Pick<BackendFacts, 'command' | 'developerCommand'> {
  const maven = build.tool === 'maven';
  if (build.framework === 'quarkus') {
    const text = maven ? `${program} quarkus:dev` : `${program} ${module}quarkusDev`;
    return { command: `${text} -Dquarkus.http.port=$PORT`, developerCommand: text };
  }
  if (build.framework !== 'spring-boot') {
    const text = maven ? `${program} mn:run` : `${program} ${module}run`;
    return {
      command: build.framework === 'micronaut' ? `MICRONAUT_SERVER_PORT=$PORT ${text}` : text,
      developerCommand: text,
    };
  }
  const text = maven ? `${program} spring-boot:run` : `${program} ${module}bootRun`;
  const port = maven ? '-Dspring-boot.run.arguments=--server.port=$PORT' : '--args=--server.port=$PORT';
  return { command: `${text} ${port}`, developerCommand: text };
}

/** The build's wrapper, in its own folder or that of the whole build. */
function wrapper(
  repository: Repository,
  directory: string,
  tool: Build['tool'],
): { program: string; cwd: string; module: string } {
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

function portOf(repository: Repository, directory: string, build: Build): FoundPort | undefined {
  const key =
    build.framework === 'quarkus'
      ? 'quarkus.http.port'
      : build.framework === 'micronaut'
        ? 'micronaut.server.port'
        : build.framework === 'ktor'
          ? 'ktor.deployment.port'
          : 'server.port';
  const set = springProperty(repository, directory, key);
  const port = portNumber(/\$\{\w+:(\d+)\}/.exec(set?.value ?? '')?.[1] ?? set?.value);
  return set === undefined || port === null ? undefined : { port, source: set.place, rank: 3, variable: null };
}

/** Source: Spring Boot's reference, "Actuator endpoints" and "Monitoring over HTTP". */
function actuatorPath(repository: Repository, directory: string, build: Build, context: string): string | null {
  if (build.framework === 'quarkus') return '/q/health';
  if (build.framework === 'micronaut') return '/health';
  if (springProperty(repository, directory, 'management.server.port') !== undefined) return null;
  const base = springProperty(repository, directory, 'management.endpoints.web.base-path')?.value ?? '/actuator';
  return `${context.replace(/\/$/, '')}${base.replace(/\/$/, '')}/health`;
}
