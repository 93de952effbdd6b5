import { variablePrefix } from '../../config/variable-prefix.ts';
import type { Candidate } from '../candidate.ts';
import type { Wiring } from '../detection.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { isAside } from '../repository/aside.ts';
import { lineAt, lineOf } from '../repository/find-line.ts';
import { baseName, isInside, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { ownEnvEntries } from '../source/env-files.ts';
import { localAddresses } from '../source/local-addresses.ts';

/** A service that can be pointed at: its variable is `NAME_URL`. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly candidate: Candidate;
}

/** Where a service points at others, and the environment that moves it without a change in the code. */
export interface FoundWiring {
  readonly env: Readonly<Record<string, string>>;
  readonly wiring: readonly Wiring[];
  readonly dependsOn: readonly string[];
}

/** Variables that bundlers pass on to the browser. */
const CLIENT_VARIABLE = /^(VITE|REACT_APP|NEXT_PUBLIC|NUXT|PUBLIC|VUE_APP|GATSBY|EXPO_PUBLIC|NG)_/;
const MAX_FILES = 500;
const MAX_WIRING = 8;

/** Finds the addresses of other services in a service's env files, dev proxies and sources. */
export function findWiring(repository: Repository, candidate: Candidate, targets: readonly Target[]): FoundWiring {
  const env: Record<string, string> = {};
  const wiring: Wiring[] = [];
  const pointedAt = new Set<string>();
  const others = targets.filter(
    (target) => target.candidate !== candidate && !sharesFiles(target.candidate, candidate),
  );
  // An address with this service's own port means this service; one that several share could mean any of them.
  const targetOf = (port: number): Target | undefined => {
    const fitting = port === candidate.port ? [] : others.filter((target) => target.port === port);
    return fitting.length === 1 ? fitting[0] : fitting.find((target) => target.candidate.kind === 'backend');
  };
  const isAlone = targets.every((target) => target.candidate === candidate || target.candidate.home !== candidate.home);
  for (const entry of ownEnvEntries(repository, candidate.home)) {
    const address = /^(https?:\/\/)?(?:localhost|127\.0\.0\.1):(\d{2,5})(\/[^\s]*)?$/.exec(entry.value);
    const target = targetOf(Number(address?.[2]));
    if (address === null || target === undefined || env[entry.name] !== undefined) continue;
    if (!isAlone && (candidate.kind === 'backend') === CLIENT_VARIABLE.test(entry.name)) continue;
    pointedAt.add(target.name);
    env[entry.name] =
      address[1] === undefined
        ? `localhost:$${variablePrefix(target.name)}_PORT`
        : `$${variablePrefix(target.name)}_URL${address[3] ?? ''}`;
  }
  for (const file of filesToSearch(repository, candidate)) {
    for (const found of localAddresses(repository, file)) {
      const target = targetOf(found.port);
      if (target === undefined) continue;
      pointedAt.add(target.name);
      const isSocket = found.text.startsWith('ws');
      const url = isSocket
        ? `ws://$${variablePrefix(target.name)}_HOST:$${variablePrefix(target.name)}_PORT${found.path}`
        : `$${variablePrefix(target.name)}_URL${found.path}`;
      if (found.variable !== null) env[found.variable] ??= url;
      else if (wiring.length < MAX_WIRING && !wiring.some((other) => other.file === file && other.line === found.line))
        wiring.push({
          file,
          line: found.line,
          says: `points at \`${found.text}\`, which is \`${target.name}\``,
          suggestion: suggestionFor(repository, candidate, file, found.text, target.name),
        });
    }
  }
  const proxy = craProxy(repository, candidate);
  const proxied = proxy === undefined ? undefined : targetOf(proxy.port);
  if (proxy !== undefined && proxied !== undefined) {
    pointedAt.add(proxied.name);
    wiring.push({
      file: proxy.file,
      line: proxy.line,
      says: `\`"proxy"\` points at \`${proxy.text}\`, which is \`${proxied.name}\``,
      suggestion: setupProxy(proxied.name, proxy.text),
    });
  }
  const isFront = candidate.kind === 'frontend' || candidate.kind === 'fullstack';
  const needed = targets.filter((target) => pointedAt.has(target.name) && target.candidate.kind === 'backend');
  for (const target of targets) delete env[`${variablePrefix(target.name)}_URL`]; // Every service is told that anyway.
  return { env, wiring, dependsOn: isFront ? needed.map((target) => target.name) : [] };
}

/** Two services of one directory read the same env file: an address there may be meant for either. */
function sharesFiles(a: Candidate, b: Candidate): boolean {
  return a.home === b.home && a.kind === b.kind;
}

const CONFIGURATIONS =
  /^(vite|next|nuxt|vue|webpack[.\w]*|rsbuild|rspack|craco|svelte|astro|quasar|app|farm)\.config\.[cm]?[jt]s$|^proxy\.conf(ig)?\.(json|[cm]?js)$|^setupProxy\.[jt]s$/;

function filesToSearch(repository: Repository, candidate: Candidate): readonly string[] {
  const below = repository
    .filesBelow(candidate.home)
    .filter((file) => !isAside(parentOf(file)) && !/(^|[./])(test|spec|stories|config\.test)\b/.test(file));
  const configurations = below.filter((file) => CONFIGURATIONS.test(baseName(file)));
  const pattern = candidate.ecosystem === 'python' ? /\.py$/ : /\.([cm]?[jt]sx?|vue|svelte)$/;
  const sources =
    candidate.home === '.' && candidate.kind !== 'backend'
      ? below.filter((file) => isInside(file, 'src') || isInside(file, 'app'))
      : below;
  return [...new Set([...configurations, ...sources.filter((file) => pattern.test(file))])].slice(0, MAX_FILES);
}

function suggestionFor(repository: Repository, candidate: Candidate, file: string, text: string, name: string): string {
  const variableName = `${variablePrefix(name)}_URL`;
  const origin = /^https?:\/\/[^/]+/.exec(text)?.[0] ?? text;
  if (candidate.ecosystem === 'python') return `os.environ.get("${variableName}", "${origin}")`;
  const isClient = candidate.kind !== 'backend' && !CONFIGURATIONS.test(baseName(file));
  const usesVite = readPackageJson(repository, candidate.home)?.dependencies.has('vite') === true;
  if (!isClient) return `process.env.${variableName} ?? '${origin}'`;
  if (usesVite)
    return `import.meta.env.VITE_${variableName} ?? '${origin}'   (and in the config: env: { VITE_${variableName}: $${variableName} })`;
  const prefix =
    candidate.framework === 'next' ? 'NEXT_PUBLIC_' : candidate.framework === 'create-react-app' ? 'REACT_APP_' : '';
  return `process.env.${prefix}${variableName} ?? '${origin}'   (and in the config: env: { ${prefix}${variableName}: $${variableName} })`;
}

function craProxy(
  repository: Repository,
  candidate: Candidate,
): { file: string; line: number | null; port: number; text: string } | undefined {
  const manifest = readPackageJson(repository, candidate.home);
  const port = /:(\d{2,5})\/?$/.exec(manifest?.proxy ?? '')?.[1];
  if (manifest?.proxy === undefined || port === undefined || candidate.kind === 'backend') return undefined;
  const text = repository.text(manifest.file) ?? '';
  const index = text.indexOf('"proxy"');
  return {
    file: manifest.file,
    line: index < 0 ? lineOf(repository, manifest.file, 'proxy') : lineAt(text, index),
    port: Number(port),
    text: manifest.proxy,
  };
}

function setupProxy(name: string, written: string): string {
  return [
    '// src/setupProxy.js, with http-proxy-middleware, in place of "proxy"',
    "const { createProxyMiddleware } = require('http-proxy-middleware');",
    'module.exports = (app) => {',
    `  const target = process.env.${variablePrefix(name)}_URL ?? '${written}';`,
    "  app.use(createProxyMiddleware({ target, changeOrigin: true, pathFilter: '/api' }));",
    '};',
  ].join('\n');
}
