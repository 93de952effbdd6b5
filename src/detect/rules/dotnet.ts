import { XMLParser } from 'fast-xml-parser';
import type { Candidate, FoundPort, Rule } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { isAside } from '../repository/aside.ts';
import { lineOf } from '../repository/find-line.ts';
import { asText, at, entriesOf, loadJson } from '../repository/load-data.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { bracketRoutes } from '../source/brackets/bracket-routes.ts';
import { CSHARP_WORDS } from '../source/brackets/route-words.ts';
import { controllerRoutes } from '../source/controller-routes.ts';
import type { Route } from '../source/route.ts';
import { proposeBackend } from './propose.ts';

/** ASP.NET projects: those built with the web SDK; class libraries, workers and tests are not. */
export const dotnetRule: Rule = (repository) => {
  const projects = [...repository.files].filter(
    (file) => /\.(csproj|fsproj)$/.test(file) && !isAside(parentOf(file)) && !/tests?\.(cs|fs)proj$/i.test(file),
  );
  const host = projects.find((file) => isAppHost(repository, file));
  const found = host === undefined ? projects : projects.filter((file) => !isStarted(repository, host, file));
  const candidates = found.flatMap((file) => dotnetCandidate(repository, file) ?? []);
  return host === undefined ? candidates : [hostCandidate(repository, host), ...candidates];
};

/** Source: the documentation of .NET Aspire, "App host project". */
function isAppHost(repository: Repository, project: string): boolean {
  return /\bSdk(?:\s+Name)?="Aspire\.AppHost\.Sdk|<IsAspireHost>\s*true/.test(repository.text(project) ?? '');
}

/** Whether an app host starts a project: the one that it refers to. */
function isStarted(repository: Repository, host: string, project: string): boolean {
  return (repository.text(host) ?? '').replaceAll('\\', '/').includes(`/${baseName(project)}"`);
}

function hostCandidate(repository: Repository, project: string): Candidate {
  const directory = parentOf(project);
  repository.note(`\`${project}\` starts the projects that it refers to: they were left out.`);
  return proposeBackend({
    cwd: directory,
    ecosystem: 'dotnet',
    framework: 'aspire',
    command: 'dotnet run',
    developerCommand: 'dotnet run',
    port: launchProfile(repository, directory)?.port,
    defaultPort: null,
    routes: [],
    confidence: 0.9,
    evidence: [{ file: project, line: lineOf(repository, project, 'Aspire'), says: 'is a host of .NET Aspire' }],
  });
}

function dotnetCandidate(repository: Repository, project: string): Candidate | undefined {
  const directory = parentOf(project);
  const sdk = projectSdk(repository, project);
  // What others are linked with has no program of its own.
  if (/<OutputType>\s*Library\s*</i.test(repository.text(project) ?? '')) return undefined;
  if (sdk !== 'Microsoft.NET.Sdk.Web' && sdk !== 'Microsoft.NET.Sdk.BlazorWebAssembly') return undefined;
  if (sdk === 'Microsoft.NET.Sdk.BlazorWebAssembly' && isHosted(repository, project)) return undefined;
  const files = repository.filesBelow(directory).filter((file) => file.endsWith('.cs'));
  const profile = launchProfile(repository, directory);
  const url = `${profile?.scheme ?? 'http'}://localhost:$PORT`;
  const candidate = proposeBackend({
    cwd: directory,
    ecosystem: 'dotnet',
    framework: 'aspnet',
    kind: sdk === 'Microsoft.NET.Sdk.BlazorWebAssembly' ? 'frontend' : 'backend',
    command: `dotnet watch run --non-interactive --no-launch-profile --urls ${url}`,
    developerCommand: 'dotnet run',
    port: profile?.port ?? appSettingsPort(repository, directory),
    defaultPort: 5000,
    routes: [...mappedRoutes(repository, files), ...controllerRoutes(repository, files)],
    confidence: 0.9,
    evidence: [{ file: project, line: lineOf(repository, project, 'Sdk='), says: `is a project of ${sdk}` }],
  });
  return { ...candidate, env: profile?.env ?? { ASPNETCORE_ENVIRONMENT: 'Development' } };
}

/** The endpoints that `Program.cs` and its kin map; groups and attributes have the same words for other verbs. */
function mappedRoutes(repository: Repository, files: readonly string[]): readonly Route[] {
  const mapping = files.filter((file) => /\bMap[A-Z]\w*\(|UseHealthChecks/.test(repository.text(file) ?? ''));
  return bracketRoutes(repository, mapping, CSHARP_WORDS).filter(({ file, line }) =>
    /MapHealthChecks|MapGet|UseHealthChecks/.test(repository.text(file)?.split('\n')[(line ?? 1) - 1] ?? ''),
  );
}

/** A Blazor client that a web project refers to is served by that project. */
function isHosted(repository: Repository, project: string): boolean {
  const others = [...repository.files].filter(
    (file) => file.endsWith('.csproj') && file !== project && projectSdk(repository, file) === 'Microsoft.NET.Sdk.Web',
  );
  return others.some((file) => (repository.text(file) ?? '').replaceAll('\\', '/').includes(`/${baseName(project)}"`));
}

function projectSdk(repository: Repository, project: string): string | undefined {
  const text = repository.text(project);
  if (text === undefined) return undefined;
  try {
    const data: unknown = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(text);
    return asText(at(data, 'Project', 'Sdk'))?.split('/')[0] ?? asText(at(data, 'Project', 'Sdk', 'Name'));
  } catch {
    repository.note(`\`${project}\` could not be parsed and was left out.`);
    return undefined;
  }
}

interface LaunchProfile {
  readonly port: FoundPort;
  readonly scheme: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The first profile that starts the project itself. `dotnet watch` cannot move a profile's port, so its parts are
 * taken over.
 */
function launchProfile(repository: Repository, directory: string): LaunchProfile | undefined {
  const file = joinPath(directory, 'Properties/launchSettings.json');
  const profiles = entriesOf(at(loadJson(repository, file), 'profiles')).filter(
    ([, profile]) => at(profile, 'commandName') === 'Project',
  );
  const ranked = [...profiles].sort((a, b) => Number(isPlain(b[1])) - Number(isPlain(a[1])));
  const [, profile] = ranked[0] ?? [];
  const urls = (asText(at(profile, 'applicationUrl')) ?? '').split(';').filter(Boolean);
  const url = urls.find((candidate) => candidate.startsWith('http://')) ?? urls[0];
  const port = portNumber(/:(\d+)\/?$/.exec(url ?? '')?.[1]);
  if (port === null || url === undefined) return undefined;
  const variables = entriesOf(at(profile, 'environmentVariables')).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return {
    port: { port, source: `${file}:${lineOf(repository, file, url) ?? 1}`, rank: 3, variable: null },
    scheme: url.startsWith('https') ? 'https' : 'http',
    env: { ASPNETCORE_ENVIRONMENT: 'Development', ...Object.fromEntries(variables) },
  };
}

function isPlain(profile: unknown): boolean {
  return (asText(at(profile, 'applicationUrl')) ?? '').includes('http://');
}

function appSettingsPort(repository: Repository, directory: string): FoundPort | undefined {
  for (const name of ['appsettings.Development.json', 'appsettings.json']) {
    const file = joinPath(directory, name);
    const data = loadJson(repository, file);
    const url = asText(at(data, 'Urls')) ?? asText(at(data, 'Kestrel', 'Endpoints', 'Http', 'Url'));
    const port = portNumber(/:(\d+)\/?$/.exec(url ?? '')?.[1]);
    if (port !== null) return { port, source: file, rank: 3, variable: null };
  }
  return undefined;
}
