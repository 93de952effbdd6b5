import { readPackageJson } from '../manifests/package-json.ts';
import { asList, asText, at, loadJson } from '../repository/load-data.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import type { NxExecutor } from './nx-executor.ts';

/** An Nx plug-in that makes a serving target for each project with its tool's configuration. */
interface Plugin {
  readonly name: string;
  /** The option that names the target, and its default. */
  readonly option: string;
  readonly usual: string;
  readonly config: string;
  readonly serves: NxExecutor;
  /** Whether libraries have such a configuration too: then a page must be there. */
  readonly needsPage: boolean;
}

const VITE: NxExecutor = { framework: 'vite', kind: 'frontend', port: 5173 };
const WEBPACK: NxExecutor = { framework: 'webpack', kind: 'frontend', port: 8080 };
const RSPACK: NxExecutor = { framework: 'rspack', kind: 'frontend', port: 8080 };
const RSBUILD: NxExecutor = { framework: 'rsbuild', kind: 'frontend', port: 3000 };
const NEXT: NxExecutor = { framework: 'next', kind: 'fullstack', port: 3000 };
const NUXT: NxExecutor = { framework: 'nuxt', kind: 'fullstack', port: 3000 };

/** Source: the options of each plug-in in Nx's reference. */
const PLUGINS: readonly Plugin[] = [
  { name: '@nx/vite', option: 'serveTargetName', usual: 'serve', config: 'vite.config', serves: VITE, needsPage: true },
  {
    ...{ name: '@nx/webpack', option: 'serveTargetName', usual: 'serve', config: 'webpack.config' },
    ...{ serves: WEBPACK, needsPage: true },
  },
  {
    ...{ name: '@nx/rspack', option: 'serveTargetName', usual: 'serve', config: 'rspack.config' },
    ...{ serves: RSPACK, needsPage: true },
  },
  {
    ...{ name: '@nx/rsbuild', option: 'devTargetName', usual: 'dev', config: 'rsbuild.config' },
    ...{ serves: RSBUILD, needsPage: true },
  },
  { name: '@nx/next', option: 'devTargetName', usual: 'dev', config: 'next.config', serves: NEXT, needsPage: false },
  {
    name: '@nx/nuxt',
    option: 'serveTargetName',
    usual: 'serve',
    config: 'nuxt.config',
    serves: NUXT,
    needsPage: false,
  },
];
const EXTENSIONS = ['.ts', '.js', '.mts', '.mjs', '.cjs'];
const PAGES = ['index.html', 'src/index.html', 'public/index.html'];

/** The target that a plug-in of the workspace makes for the project in a directory; `undefined` when none does. */
export function inferredTarget(
  repository: Repository,
  root: string,
  home: string,
): { readonly target: string; readonly serves: NxExecutor; readonly says: string } | undefined {
  const has = (name: string): boolean => repository.has(joinPath(home, name));
  for (const entry of asList(at(loadJson(repository, joinPath(root, 'nx.json')), 'plugins'))) {
    const written = asText(entry) ?? asText(at(entry, 'plugin'));
    const plugin = PLUGINS.find(({ name }) => written === name || written === `${name}/plugin`);
    if (plugin === undefined || !EXTENSIONS.some((extension) => has(plugin.config + extension))) continue;
    if (plugin.needsPage && !PAGES.some(has)) continue;
    const target = asText(at(entry, 'options', plugin.option)) ?? plugin.usual;
    // A script of that name is what developers type, and is read as any other.
    if (readPackageJson(repository, home)?.scripts[target] !== undefined) continue;
    return { target, serves: plugin.serves, says: `\`${plugin.name}\` makes the target \`${target}\`` };
  }
  return undefined;
}
