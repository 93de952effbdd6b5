import { defaultPort, type FoundPort, NO_PORT } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { at, entriesOf, loadJson, loadYaml } from '../repository/load-data.ts';
import { joinPath, parentOf } from '../repository/paths.ts';
import { placeText, type RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntry } from './env-files.ts';
import { modulesWith } from './javascript/javascript-graph.ts';
import {
  child,
  children,
  type JavaScriptModule,
  lineOfNode,
  nameOf,
  type SyntaxNode,
} from './javascript/javascript-module.ts';
import { evaluate } from './javascript/javascript-value.ts';
import { startScriptPort } from './start-scripts.ts';
import type { StaticValue } from './static-value.ts';

/** Where a tool's own configuration file sets the port of its dev server. */
interface PortSetting {
  readonly stem: string;
  readonly section: string;
}

const SETTINGS: Readonly<Record<string, readonly PortSetting[]>> = {
  vite: [{ stem: 'vite.config', section: 'server' }],
  sveltekit: [{ stem: 'vite.config', section: 'server' }],
  remix: [{ stem: 'vite.config', section: 'server' }],
  'react-router': [{ stem: 'vite.config', section: 'server' }],
  vitepress: [{ stem: '.vitepress/config', section: 'server' }],
  astro: [{ stem: 'astro.config', section: 'server' }],
  nuxt: [
    { stem: 'nuxt.config', section: 'devServer' },
    { stem: 'nuxt.config', section: 'server' },
  ],
  'vue-cli': [{ stem: 'vue.config', section: 'devServer' }],
  webpack: [
    'webpack.config',
    'webpack.dev',
    'webpack.config.dev',
    'webpack.development',
    'config/webpack.dev',
    'config/webpack.config.dev',
    'build/webpack.dev',
    'webpack/webpack.dev',
    'webpack.common',
  ].map((stem) => ({ stem, section: 'devServer' })),
  rspack: [{ stem: 'rspack.config', section: 'devServer' }],
  rsbuild: [{ stem: 'rsbuild.config', section: 'server' }],
  farm: [{ stem: 'farm.config', section: 'server' }],
  quasar: [{ stem: 'quasar.config', section: 'devServer' }],
  'solid-start': [
    { stem: 'app.config', section: 'server' },
    { stem: 'vite.config', section: 'server' },
  ],
};
const VITE_RUBY_PORT = 3036;
const EXTENSIONS = ['.ts', '.js', '.mjs', '.cjs', '.mts', '.babel.js'];

/** The port that a front-end tool's configuration in this directory sets; without one, `NO_PORT`. */
export function configuredPort(place: RepositoryPlace, framework: string, named?: string): FoundPort {
  const { repository, directory } = place;
  if (framework === 'angular') return angularPort(repository, directory);
  if (framework === 'shakapacker') return shakapackerPort(repository, directory);
  if (framework === 'vite' && repository.has(joinPath(directory, 'config/vite.json'))) return viteRubyPort(place);
  for (const { stem, section } of SETTINGS[framework] ?? []) {
    const files = [
      ...(named === undefined ? [] : [joinPath(directory, named)]),
      ...EXTENSIONS.map((extension) => joinPath(directory, stem + extension)),
    ];
    for (const file of files) {
      // Configurations are merged from several files: those that it imports count as well.
      for (const module of modulesWith(repository, file, (text) => text.includes(section) && text.includes('port'))) {
        const found = sectionPort(repository, module, section);
        if (found !== undefined) return settledPort(place, found.value, placeText(module.file, found.line));
      }
    }
  }
  return NO_PORT;
}

function sectionPort(
  repository: Repository,
  module: JavaScriptModule,
  section: string,
): { value: StaticValue; line: number | null } | undefined {
  for (const node of module.properties.get(section) ?? []) {
    const value = child(node, 'value');
    const object = value?.type === 'Identifier' ? module.bindings.get(nameOf(value) ?? '') : value;
    const port = propertyNamed(object, 'port');
    if (port !== undefined)
      return { value: evaluate(repository, module, child(port, 'value')), line: lineOfNode(port) };
  }
  return undefined;
}

function propertyNamed(object: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  if (object?.type !== 'ObjectExpression') return undefined;
  return children(object, 'properties').find((property) => nameOf(child(property, 'key')) === name);
}

function angularPort(repository: Repository, directory: string): FoundPort {
  const file = joinPath(directory, 'angular.json');
  const data = loadJson(repository, file);
  for (const [, project] of entriesOf(at(data, 'projects'))) {
    const targets = at(project, 'architect') ?? at(project, 'targets');
    const port = portNumber(String(at(targets, 'serve', 'options', 'port') ?? ''));
    if (port !== null) return { port, source: file, rank: 3, variable: null };
  }
  return NO_PORT;
}

function shakapackerPort(repository: Repository, directory: string): FoundPort {
  for (const name of ['config/shakapacker.yml', 'config/webpacker.yml']) {
    const file = joinPath(directory, name);
    const data = loadYaml(repository, file);
    const set = at(data, 'development', 'dev_server', 'port') ?? at(data, 'default', 'dev_server', 'port');
    const port = portNumber(String(set ?? ''));
    if (port !== null) return { port, source: file, rank: 3, variable: null };
  }
  return NO_PORT;
}

/** Source: Vite Ruby's configuration reference, `port`. */
function viteRubyPort({ repository, directory }: RepositoryPlace): FoundPort {
  const file = joinPath(directory, 'config/vite.json');
  const data = loadJson(repository, file);
  const port = portNumber(String(at(data, 'development', 'port') ?? at(data, 'all', 'port') ?? ''));
  return port === null ? defaultPort(VITE_RUBY_PORT) : { port, source: file, rank: 3, variable: null };
}

/**
 * A port from an expression: the env files decide where it reads a variable, else its own literal, else what starts it.
 */
export function settledPort(place: RepositoryPlace, value: StaticValue, source: string): FoundPort {
  const { repository, directory } = place;
  const literal = portNumber(value.literal) ?? portNumber(/:(\d{2,5})\/?$/.exec(String(value.literal ?? ''))?.[1]);
  if (value.variable !== null) {
    const entry = envEntry(repository, directory, value.variable);
    const port = portNumber(entry?.value);
    // `PORT` in the root's file may be meant for any service; a name of its own means one thing everywhere.
    const isMeant =
      value.variable !== 'PORT' || (entry !== undefined && joinPath(directory, '.') === parentOf(entry.file));
    if (entry !== undefined && port !== null && (isMeant || literal === null)) {
      return { port, source: `${entry.file}:${entry.line}`, rank: 3, variable: value.variable };
    }
  }
  if (literal !== null) return { port: literal, source, rank: 3, variable: value.variable };
  const started = value.variable === null ? undefined : startScriptPort(place, value.variable);
  return started ?? { ...defaultPort(null), variable: value.variable };
}
