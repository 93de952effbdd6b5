import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import versions from './next.json' with { type: 'json' };
import type { Project } from './project.ts';

/** Where `make test` keeps a real Next.js, which is too large to be a dependency of this repository. */
const modules = join(tmpdir(), `devgen-test-next-${versions.next}-${userInfo().uid}`, 'node_modules');

export const hasNext = existsSync(join(modules, 'next/package.json'));

/** Puts it into the project as an installation would: Next takes no link that leads out of its folder. */
export function installNext(project: Project): void {
  execFileSync('cp', ['-al', modules, join(project.root, 'node_modules')]);
}
