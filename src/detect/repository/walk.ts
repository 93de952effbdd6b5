import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Directories that hold no source of the repository's own: dependencies, build results, caches, version control. */
const LEFT_OUT = new Set(
  `node_modules bower_components jspm_packages .git .hg .svn .jj dist build out output .next .nuxt .output
  .svelte-kit .astro .vercel .netlify .wrangler .turbo .nx .cache .parcel-cache .angular .docusaurus .expo .gradle
  .idea .vscode .vs .terraform .serverless .yarn .pnpm-store .venv venv virtualenv .tox .nox .mypy_cache
  .pytest_cache .ruff_cache __pycache__ site-packages .eggs target vendor Pods DerivedData obj _build elm-stuff
  coverage htmlcov .nyc_output logs tmp temp .devgen .direnv .bundle storybook-static`.split(/\s+/),
);

/** How much of a repository is looked at: enough for real ones, little enough to stay within a second or two. */
export interface WalkLimits {
  readonly maxEntries: number;
  readonly maxDepth: number;
  readonly maxMs: number;
}

/** The files and directories below a root, breadth first; `isCutShort` when a limit ended the walk early. */
export interface WalkedTree {
  readonly files: ReadonlySet<string>;
  readonly directories: readonly string[];
  readonly isCutShort: boolean;
}

/** Lists a repository's own files. Linked directories are not entered; links that lead out of the root are left out. */
export function walkTree(root: string, limits: WalkLimits): WalkedTree {
  const files = new Set<string>();
  const directories = ['.'];
  const endsAt = performance.now() + limits.maxMs;
  let entriesSeen = 0;
  for (let next = 0; next < directories.length; next++) {
    const directory = directories[next] ?? '.';
    if (performance.now() > endsAt || entriesSeen > limits.maxEntries) return { files, directories, isCutShort: true };
    const entries = listDirectory(join(root, directory));
    entriesSeen += entries.length;
    if (entries.some((entry) => entry.name === 'pyvenv.cfg')) continue;
    for (const entry of entries) {
      const path = directory === '.' ? entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory()) {
        const isLeftOut = LEFT_OUT.has(entry.name) && !(entry.name === 'build' && buildsByHand(join(root, path)));
        if (!isLeftOut && path.split('/').length <= limits.maxDepth) directories.push(path);
      } else if (entry.isFile() || (entry.isSymbolicLink() && isOwnFile(root, path))) {
        files.add(path);
      }
    }
  }
  return { files, directories, isCutShort: false };
}

/** A folder called `build` that holds what builds the project, not what was built: webpack's settings and server. */
function buildsByHand(path: string): boolean {
  return listDirectory(path).some(({ name }) => /^(?:webpack\.[\w.]*(?:conf|config)?\.?js|dev-server\.js)$/.test(name));
}

function listDirectory(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // Unreadable or gone since its parent was listed: a directory we may not see holds no finding.
    return [];
  }
}

function isOwnFile(root: string, path: string): boolean {
  try {
    const target = realpathSync(join(root, path));
    return target.startsWith(realpathSync(root) + sep) && statSync(target).isFile();
  } catch {
    // Dangling or circular link.
    return false;
  }
}
