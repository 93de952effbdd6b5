import type { ServiceKind } from '../detection.ts';
import { majorVersion, type PackageJson } from '../manifests/package-json.ts';

/** What a package's dependencies say about the application that its dev server serves. */
export interface FrontendFramework {
  readonly framework: string;
  readonly kind: ServiceKind;
}

/** The first match counts: whole frameworks before the libraries that they are built on. */
const FRAMEWORKS: readonly (readonly [string, string, ServiceKind])[] = [
  ['@crxjs/vite-plugin', 'browser-extension', 'tool'],
  ['vite-plugin-web-extension', 'browser-extension', 'tool'],
  ['@sveltejs/kit', 'sveltekit', 'fullstack'],
  ['@tanstack/react-start', 'tanstack-start', 'fullstack'],
  ['@tanstack/solid-start', 'tanstack-start', 'fullstack'],
  ['@tanstack/start', 'tanstack-start', 'fullstack'],
  ['@shopify/hydrogen', 'hydrogen', 'fullstack'],
  ['@react-router/dev', 'react-router', 'fullstack'],
  ['@remix-run/dev', 'remix', 'fullstack'],
  ['@solidjs/start', 'solid-start', 'fullstack'],
  ['solid-start', 'solid-start', 'fullstack'],
  ['@builder.io/qwik-city', 'qwik', 'fullstack'],
  ['@builder.io/qwik', 'qwik', 'frontend'],
  ['@analogjs/platform', 'analog', 'fullstack'],
  ['vike', 'vike', 'fullstack'],
  ['vite-plugin-ssr', 'vike', 'fullstack'],
  ['laravel-vite-plugin', 'laravel-vite', 'frontend'],
  ['vite-plugin-ruby', 'vite-ruby', 'frontend'],
  ['vite-plugin-rails', 'vite-ruby', 'frontend'],
  ['webpack-bundle-tracker', 'webpack-assets', 'frontend'],
  ['@symfony/webpack-encore', 'webpack-assets', 'frontend'],
  ['react', 'react', 'frontend'],
  ['vue', 'vue', 'frontend'],
  ['svelte', 'svelte', 'frontend'],
  ['solid-js', 'solid', 'frontend'],
  ['preact', 'preact', 'frontend'],
  ['lit', 'lit', 'frontend'],
  ['@angular/core', 'angular', 'frontend'],
];

/** Names what a bundler's dev server (Vite, webpack, Parcel …) serves; the bundler alone when nothing more is known. */
export function frontendFramework(manifest: PackageJson | undefined, bundler: string): FrontendFramework {
  const found = FRAMEWORKS.find(([name]) => manifest?.dependencies.has(name));
  if (found === undefined) return { framework: bundler, kind: 'frontend' };
  const [, framework, kind] = found;
  const isLibrary = ['react', 'vue', 'svelte', 'solid', 'preact', 'lit', 'angular'].includes(framework);
  return { framework: isLibrary ? `${framework}-${bundler}` : framework, kind };
}

/**
 * Default ports that changed with a major version: the package, the first major with the table's port, the port
 * before.
 */
const EARLIER_PORTS: Readonly<Record<string, readonly [string, number, number]>> = {
  astro: ['astro', 3, 3000],
  vite: ['vite', 3, 3000],
  'vue-cli': ['@vue/cli-service', 3, 8080],
  'solid-start': ['@solidjs/start', 2, 3000],
  metro: ['expo', 49, 8081],
};

/** The default port for the version that the package asks for. */
export function defaultPortFor(manifest: PackageJson | undefined, program: string, port: number | null): number | null {
  const earlier = EARLIER_PORTS[program];
  if (earlier === undefined || port === null) return port;
  const [name, since, before] = earlier;
  const major = majorVersion(manifest?.dependencies.get(name));
  return major !== undefined && major > 0 && major < since ? before : port;
}

/** Whether the dev server only serves assets to pages that a server of another language renders. */
export function servesOnlyAssets(framework: string): boolean {
  return (
    framework === 'webpack-assets' ||
    framework === 'laravel-vite' ||
    framework === 'vite-ruby' ||
    framework === 'shakapacker'
  );
}
