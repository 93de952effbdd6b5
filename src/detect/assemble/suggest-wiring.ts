import { urlVariable } from '../../config/variables-about.ts';
import type { Candidate } from '../candidate.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { baseName } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { alternatives } from '../source/join-patterns.ts';
import type { Target } from './wiring-target.ts';

/** Files that run in Node even where the rest of a package runs in a browser. */
export const CONFIGURATIONS = alternatives([
  /^(vite|next|nuxt|vue|webpack[.\w]*|rsbuild|rspack|craco|svelte|astro|quasar|app|farm)\.config\.[cm]?[jt]s$/,
  /^proxy\.conf(ig)?\.(json|[cm]?js)$/,
  /^setupProxy\.[jt]s$/,
]);

/** What a framework puts in front of the variables that its browser code may read. */
const CLIENT_PREFIX: Readonly<Record<string, string>> = { next: 'NEXT_PUBLIC_', 'create-react-app': 'REACT_APP_' };

/** What to write in place of another service's address in a source file. */
export function replacement(
  { repository, candidate }: { readonly repository: Repository; readonly candidate: Candidate },
  file: string,
  { text, target }: { readonly text: string; readonly target: Target },
): string {
  const variable = urlVariable(target.name);
  const origin = /^https?:\/\/[^/]+/.exec(text)?.[0] ?? text;
  if (candidate.ecosystem === 'python') return `os.environ.get("${variable}", "${origin}")`;
  const isClient = candidate.kind !== 'backend' && !CONFIGURATIONS.test(baseName(file));
  if (!isClient) return `process.env.${variable} ?? '${origin}'`;
  const usesVite = readPackageJson(repository, candidate.home)?.dependencies.has('vite') === true;
  const prefix = usesVite ? 'VITE_' : (CLIENT_PREFIX[candidate.framework] ?? '');
  const holder = usesVite ? 'import.meta.env' : 'process.env';
  const inConfig = `(and in the config: env: { ${prefix}${variable}: $${variable} })`;
  return `${holder}.${prefix}${variable} ?? '${origin}'   ${inConfig}`;
}

/** A file that does in code what `"proxy"` in package.json does. */
export function proxyInPlace(target: Target, written: string): string {
  return [
    '// src/setupProxy.js, with http-proxy-middleware, in place of "proxy"',
    "const { createProxyMiddleware } = require('http-proxy-middleware');",
    'module.exports = (app) => {',
    `  const target = process.env.${urlVariable(target.name)} ?? '${written}';`,
    "  app.use(createProxyMiddleware({ target, changeOrigin: true, pathFilter: '/api' }));",
    '};',
  ].join('\n');
}
